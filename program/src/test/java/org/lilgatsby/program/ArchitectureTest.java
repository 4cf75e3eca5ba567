package org.lilgatsby.program;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The flow of data: a package uses only packages that come before it in {@link #ORDER}. */
class ArchitectureTest {
    private static final List<String> ORDER = List.of(
            "files",
            "settings",
            "bf16",
            "random",
            "kernel",
            "safetensors",
            "tokenizer",
            "tokenfile",
            "corpus",
            "model",
            "training",
            "recording",
            "checkpoint",
            "analysis",
            "figures",
            "config",
            "archive",
            "experiment",
            "run",
            "census",
            "report",
            "laboratory",
            "sweep",
            "cli",
            "tables",
            "explorer",
            "benchmark",
            "bench");

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.lilgatsby");

    static Stream<String> packages() {
        return ORDER.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyPackagesBeforeIt(String name) {
        String[] later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
                .map(ArchitectureTest::within)
                .toArray(String[]::new);
        if (later.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage(within(name))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true)
                    .check(PROGRAM);
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        String[] known = packages().map(ArchitectureTest::within).toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(PROGRAM);
    }

    /** The module for clusters is none of the program's; it comes last. */
    @Test
    void theDocumentHasARowForEveryPackageInThisOrder() throws IOException {
        String packages =
                Files.readString(Path.of("..", "docs", "architecture.md")).split("## The packages\n")[1];
        List<String> rows = Pattern.compile("^\\| (`.*?`) \\|", Pattern.MULTILINE)
                .matcher(packages)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .toList();
        assertEquals(Stream.concat(ORDER.stream(), Stream.of("spark")).toList(), rows);
    }

    @Test
    void onlyTheKernelKnowsVectors() {
        noClasses()
                .that(resideOutsideOfPackages(within("kernel")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(PROGRAM);
    }

    /** Whoever asks for no table must not wait for a native library. */
    @Test
    void onlyTablesKnowTheirDatabase() {
        noClasses()
                .that(resideOutsideOfPackages(within("tables")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "java.sql..", within("tables"))
                .check(PROGRAM);
    }

    @Test
    void onlyProgramsExit() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "have no main method",
                        type -> type.getMethods().stream()
                                .noneMatch(method -> method.getName().equals("main"))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(PROGRAM);
    }

    @Test
    void nothingButTheGeneratorMakesNumbersUp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.random..")
                .orShould()
                .callMethod(Math.class, "random")
                .check(PROGRAM);
    }

    /** The same rule for non-finite numbers wherever something is written. */
    @Test
    void onlyOnePlaceSaysHowJsonIsWritten() {
        noClasses()
                .that()
                .doNotHaveSimpleName("FiniteJson")
                .should()
                .callMethod(JsonMapper.class, "shared")
                .orShould()
                .callMethod(JsonMapper.class, "builder")
                .orShould()
                .callConstructor(JsonMapper.class)
                .check(PROGRAM);
    }

    @Test
    void noClockReachesANumber() {
        noClasses()
                .that()
                .resideInAnyPackage(packages()
                        .limit(ORDER.indexOf("training") + 1L)
                        .map(ArchitectureTest::within)
                        .toArray(String[]::new))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethodWhere(target(owner(resideInAPackage("java.time..").and(isClock()))))
                .check(PROGRAM);
    }

    /**
     * With vectors of two widths the JIT, which goes by what it has seen, keeps sums of tiles on the heap now and then.
     */
    @Test
    void kernelsKnowOneWidthOfVectors() {
        noClasses()
                .that()
                .doNotHaveSimpleName("VectorWidth")
                .should()
                .accessFieldWhere(DescribedPredicate.describe(
                        "is a width of vectors",
                        access -> access.getTarget().getName().matches("SPECIES_(64|128|256|512|MAX)")))
                .check(PROGRAM);
    }

    private static DescribedPredicate<JavaClass> isClock() {
        return DescribedPredicate.describe(
                "reads the time", type -> type.getSimpleName().matches("Clock|Instant|InstantSource|.*Date.*|.*Time"));
    }

    private static String within(String name) {
        return "org.lilgatsby." + name + "..";
    }
}
