package io.gamehall.platform.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The architecture rules of the house, held by every module: one call in a test of the module. */
public final class HouseRules {
    private static final List<String> ADAPTERS = List.of("rest", "grpc", "redis", "kafka", "sql");

    private HouseRules() {}

    /** Checks all rules over the production classes below a package. */
    public static void check(String rootPackage) {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(rootPackage);
        if (classes.isEmpty()) throw new IllegalStateException("No classes below " + rootPackage);
        domainIsPure().check(classes);
        domainAsksNoClockAndNoDice().check(classes);
        protobufStaysInAdapters().check(classes);
        noFieldInjection().check(classes);
        noConfigProperty().check(classes);
        noFeatureCycles(rootPackage).check(classes);
        ADAPTERS.forEach(adapter -> adapterSeesNoOther(adapter).check(classes));
    }

    static ArchRule domainIsPure() {
        return noClasses()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "..domain..")
                .allowEmptyShould(true);
    }

    static ArchRule domainAsksNoClockAndNoDice() {
        return noClasses()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.UUID")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .allowEmptyShould(true);
    }

    static ArchRule protobufStaysInAdapters() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("..grpc..", "..kafka..", "..journal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.gamehall.v1..")
                .allowEmptyShould(true);
    }

    static ArchRule noFieldInjection() {
        return fields().should().notBeAnnotatedWith("jakarta.inject.Inject").allowEmptyShould(true);
    }

    static ArchRule noConfigProperty() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.eclipse.microprofile.config.inject.ConfigProperty")
                .allowEmptyShould(true);
    }

    static ArchRule noFeatureCycles(String rootPackage) {
        return slices().matching(rootPackage + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    static ArchRule adapterSeesNoOther(String adapter) {
        var others = ADAPTERS.stream()
                .filter(other -> !other.equals(adapter))
                .map(other -> "io.gamehall.." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.gamehall.." + adapter + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true);
    }
}
