package org.lilgatsby.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.recording.TokenChoice;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.training.Decayed;
import org.lilgatsby.training.Optimizer;
import org.lilgatsby.training.Schedule;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * How a {@link Given} becomes a component of a record, by the component's type. What is said here of a type holds for
 * every setting that has it, so that a new setting of one of these types needs no line.
 */
final class SettingTypes {
    private SettingTypes() {}

    static SimpleModule module() {
        SimpleModule types = new SimpleModule();
        types.setDeserializers(new Enums());
        add(types, String.class, SettingTypes::text);
        add(types, boolean.class, Given::yesOrNo);
        add(types, double.class, Given::number);
        optional(types, OptionalDouble.empty(), (given, _) -> OptionalDouble.of(given.number()));
        add(types, int.class, given -> (int) given.whole(Integer.MAX_VALUE));
        optional(types, OptionalInt.empty(), (given, _) -> OptionalInt.of((int) given.whole(Integer.MAX_VALUE)));
        add(types, long.class, (given, said) -> given.whole(said.most()));
        optional(types, OptionalLong.empty(), (given, said) -> OptionalLong.of(given.whole(said.most())));
        named(types, Initialization.class, Initialization.catalog());
        named(types, Optimizer.class, Optimizer.catalog());
        named(types, Schedule.class, Schedule.catalog());
        named(types, Observable.class, Observables.ALL);
        add(types, Decayed.class, SettingTypes::decayed);
        add(types, TokenChoice.class, SettingTypes::tokens);
        add(types, StepChoice.Which.class, SettingTypes::steps);
        types.addDeserializer(List.class, new Lists(null, Said.NOTHING, null));
        return types;
    }

    private static <T> void add(SimpleModule types, Class<T> type, Function<Given, T> read) {
        add(types, type, (given, _) -> read.apply(given));
    }

    private static <T> void add(SimpleModule types, Class<T> type, Read<T> read) {
        types.addDeserializer(type, new Leaf<>(type, read, null, Said.NOTHING));
    }

    @SuppressWarnings("unchecked")
    private static <T> void optional(SimpleModule types, T none, Read<T> read) {
        Class<T> type = (Class<T>) none.getClass();
        types.addDeserializer(type, new Leaf<>(type, read, none, Said.NOTHING));
    }

    private static <N extends Named> void named(SimpleModule types, Class<N> type, Catalog<N> things) {
        add(types, type, given -> given.named(things));
    }

    private static String text(Given given, Said said) {
        return said.textOrList() && given.isList()
                ? String.join(", ", given.texts("[" + said.example() + "]"))
                : given.text(said.example());
    }

    /** A group of parameters, or a list of names. */
    private static Decayed decayed(Given given, Said said) {
        return given.isList() ? new Decayed.Named(given.texts(said.example())) : given.choice(Decayed.Group.values());
    }

    private static StepChoice.Which steps(Given given, Said said) {
        return given.isList()
                ? StepChoice.listed(given.steps(said.example()))
                : given.choice(StepChoice.Kind.values(), "a list such as " + said.example());
    }

    private static TokenChoice tokens(Given given, Said said) {
        return given.isList()
                ? new TokenChoice.Listed(given.items(
                        said.example(),
                        item -> TokenChoice.Range.parse(item.textOrNull().orElse(null))))
                : TokenChoice.parse(given.textOrNull().orElseGet(() -> given.isNull() ? null : given.text("")));
    }

    /** Reads a setting as one type. */
    private interface Read<T> {
        T from(Given given, Said said);
    }

    /** A single value. */
    private static final class Leaf<T> extends StdDeserializer<T> {
        private final Read<T> read;
        private final T none;
        private final Said said;

        /** @param none what it is if it is not given; null for a type that has no such value */
        Leaf(Class<?> type, Read<T> read, T none, Said said) {
            super(type);
            this.read = read;
            this.none = none;
            this.said = said;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return new Leaf<>(handledType(), read, none, saidOf(property));
        }

        @Override
        public T getAbsentValue(DeserializationContext context) {
            return none;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return read.from((Given) parser.getEmbeddedObject(), said);
        }
    }

    /** A list of texts, steps or constants as it was given, or of records. */
    private static final class Lists extends StdDeserializer<List<?>> {
        private final Class<?> item;
        private final Said said;
        private final ValueDeserializer<?> record;

        Lists(Class<?> item, Said said, ValueDeserializer<?> record) {
            super(List.class);
            this.item = item;
            this.said = said;
            this.record = record;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            JavaType type = property.getType();
            JavaType items = (type.isReferenceType() ? type.getReferencedType() : type).getContentType();
            return new Lists(
                    items.getRawClass(),
                    saidOf(property),
                    items.isRecordType() ? context.findContextualValueDeserializer(items, property) : null);
        }

        @Override
        public List<?> deserialize(JsonParser parser, DeserializationContext context) {
            if (record != null) {
                List<Object> records = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    records.add(record.deserialize(parser, context));
                }
                return records;
            }
            Given given = (Given) parser.getEmbeddedObject();
            if (item == Constant.class) {
                return given.items(said.example(), constant -> constant.named(Constants.ALL));
            }
            if (item == Integer.class) {
                return given.steps(said.example());
            }
            return said.textOrList() && !given.isList()
                    ? List.of(given.text(said.example()))
                    : given.texts(said.example());
        }
    }

    /** Every enum, by what its constants call themselves. */
    private static final class Enums extends SimpleDeserializers {
        @Override
        public ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            Object[] choices = type.getRawClass().getEnumConstants();
            return new Leaf<>(type.getRawClass(), (given, _) -> given.choice(choices), null, Said.NOTHING);
        }
    }

    private static Said saidOf(BeanProperty property) {
        Setting said = property == null ? null : property.getAnnotation(Setting.class);
        return said == null ? Said.NOTHING : new Said(said.example(), said.most(), said.textOrList());
    }

    /** What a component says besides its type. */
    private record Said(String example, long most, boolean textOrList) {
        static final Said NOTHING = new Said("", Long.MAX_VALUE, false);
    }
}
