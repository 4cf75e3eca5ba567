package org.lilgatsby.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    /** A kind with two things, listed in the tests' META-INF/services. */
    public interface Fruit extends Named {}

    public record Apple(String name) implements Fruit {
        public Apple() {
            this("apple");
        }
    }

    public record Pear(String name) implements Fruit {
        public Pear() {
            this("pear");
        }
    }

    /** A kind of which two have one name. */
    public interface Twin extends Named {}

    public record First(String name) implements Twin {
        public First() {
            this("twin");
        }
    }

    public record Second(String name) implements Twin {
        public Second() {
            this("twin");
        }
    }

    /** A kind of which there is none. */
    public interface Unicorn extends Named {}

    private final Catalog<Fruit> fruit = Catalog.of("fruit", Fruit.class);

    @Test
    void findsWhatIsListedInItsOrder() {
        assertEquals(List.of("pear", "apple"), fruit.names());
        assertEquals(new Pear(), fruit.get("", "pear"));
        assertEquals(new Apple(), fruit.all().get(1));
        assertTrue(fruit.find("Apple").isEmpty());
    }

    @Test
    void namesTheNearestOfAnUnknownName() {
        SettingException e = assertThrows(SettingException.class, () -> fruit.get("basket.fruit", "aple"));
        assertEquals("basket.fruit", e.key());
        assertEquals("unknown fruit 'aple'; did you mean 'apple'? The fruits are pear, apple", e.getMessage());
        e = assertThrows(SettingException.class, () -> fruit.get("", "zzz"));
        assertEquals("unknown fruit 'zzz'; the fruits are pear, apple", e.getMessage());
    }

    @Test
    void refusesTwoOfOneNameAndNone() {
        assertEquals(
                "two twins are called twin: %s and %s".formatted(First.class.getName(), Second.class.getName()),
                assertThrows(IllegalStateException.class, () -> Catalog.of("twin", Twin.class))
                        .getMessage());
        assertEquals(
                "no unicorn is listed in META-INF/services/" + Unicorn.class.getName(),
                assertThrows(IllegalStateException.class, () -> Catalog.of("unicorn", Unicorn.class))
                        .getMessage());
    }
}
