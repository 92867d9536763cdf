package io.wattledger.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Arrays;

/** Who may know whom; docs/architecture.md has the picture. */
@AnalyzeClasses(packages = "io.wattledger", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleEdgesTest {
    private static final String[] FEATURES = {"collector", "grid", "streams", "sinks"};

    @ArchTest
    static final ArchRule accountingKnowsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.wattledger.accounting..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.wattledger.accounting..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule accountingDoesNoInputOrOutputAndHasNoClock = noClasses()
            .that()
            .resideInAPackage("io.wattledger.accounting..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.logging..", "java.util.concurrent..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule schemasKnowNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.wattledger.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.wattledger.accounting..",
                    "io.wattledger.collector..",
                    "io.wattledger.grid..",
                    "io.wattledger.streams..",
                    "io.wattledger.sinks..",
                    "io.wattledger.cli..");

    @ArchTest
    static final ArchRule nothingDependsOnTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.wattledger.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.wattledger.cli..");

    @ArchTest
    static final ArchRule collectorKnowsNoSibling = knowsNoSibling("collector");

    @ArchTest
    static final ArchRule gridKnowsNoSibling = knowsNoSibling("grid");

    @ArchTest
    static final ArchRule streamsKnowsNoSibling = knowsNoSibling("streams");

    @ArchTest
    static final ArchRule sinksKnowNoSibling = knowsNoSibling("sinks");

    @ArchTest
    static final ArchRule packagesOfTheCommandLineHaveNoCycles =
            slices().matching("io.wattledger.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfAccountingHaveNoCycles =
            slices().matching("io.wattledger.accounting.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheCollectorHaveNoCycles =
            slices().matching("io.wattledger.collector.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfSchemasHaveNoCycles =
            slices().matching("io.wattledger.schemas.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfStreamsHaveNoCycles =
            slices().matching("io.wattledger.streams.(*)..").should().beFreeOfCycles();

    private static ArchRule knowsNoSibling(String feature) {
        var siblings = Arrays.stream(FEATURES)
                .filter(name -> !name.equals(feature))
                .map(name -> "io.wattledger." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.wattledger." + feature + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(siblings);
    }
}
