package dev.octosts.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    private static final String OURS = "dev.octosts.";

    /** Who may use whom; the drawing of the house, as a table. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("policy", Set.of()),
            Map.entry("github", Set.of("api")),
            Map.entry("kms", Set.of("api", "github")),
            Map.entry("exchange", Set.of("api", "policy", "github")),
            Map.entry("traces", Set.of("api")),
            Map.entry("webhook", Set.of("api", "policy", "github")),
            Map.entry("probers", Set.of("api")),
            Map.entry("operators", Set.of("api", "policy", "exchange")),
            Map.entry("sandbox", Set.of()),
            Map.entry("app", Set.of("api", "policy", "github", "exchange", "webhook", "probers", "operators")));

    /** Names that mean nothing without the type around them, as in {@code Verification.Reason}. */
    private static final Set<String> FACETS =
            Set.of("Format", "Kind", "Limits", "Outcome", "Reason", "Result", "State", "Status");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.octosts");

    @TestFactory
    Stream<DynamicTest> has_arrows_only_as_drawn() {
        return ARROWS.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(entry.getKey(), () -> onlyUses(entry.getKey(), entry.getValue())));
    }

    private static void onlyUses(String module, Set<String> others) {
        assertThat(CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith(OURS + module)))
                .as("classes of %s were found", module)
                .isTrue();
        var allowed = Stream.concat(Stream.of(module), others.stream())
                .map(name -> OURS + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(OURS + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.octosts..").and(not(resideInAnyPackage(allowed))))
                .because("a module can be read, tested and replaced alone")
                .check(CLASSES);
    }

    @Test
    void has_no_cycles_between_modules() {
        slices().matching("dev.octosts.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void has_no_cycles_inside_the_exchange() {
        slices().matching("dev.octosts.exchange.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void has_no_cycles_inside_the_webhook() {
        slices().matching("dev.octosts.webhook.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void has_no_cycles_inside_the_policy_engine() {
        slices().matching("dev.octosts.policy.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void names_each_type_once() {
        var names = CLASSES.stream()
                .filter(type -> !type.getPackageName().startsWith(OURS + "sandbox"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(ArchitectureTest::needsNameOfItsOwn)
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, toList())));
        assertThat(names.values()).allSatisfy(types -> assertThat(types).hasSize(1));
    }

    /** A private type is read in its file, and the case of a sealed type and a facet with the type around it. */
    private static boolean needsNameOfItsOwn(JavaClass type) {
        return !type.isAnonymousClass()
                && (type.isTopLevelClass() || !FACETS.contains(type.getSimpleName()))
                && !type.getModifiers().contains(JavaModifier.PRIVATE)
                && type.getRawInterfaces().stream()
                        .filter(parent -> parent.getPackageName().startsWith(OURS))
                        .noneMatch(parent -> parent.reflect().isSealed());
    }

    @Test
    void lets_the_verifier_alone_vouch_for_tokens_and_the_engine_alone_permit() {
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .haveFullyQualifiedName("dev.octosts.exchange.bearer.VerifiedToken")
                .or()
                .areDeclaredInClassesThat()
                .haveFullyQualifiedName("dev.octosts.policy.Decision$Permit")
                .should()
                .bePackagePrivate()
                .because("having one is the proof that the check was made")
                .check(CLASSES);
    }

    @Test
    void speaks_http_to_github_and_to_issuers_in_one_place_each() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.octosts.exchange..", "dev.octosts.webhook..")
                .and()
                .resideOutsideOfPackages("dev.octosts.exchange.issuer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .because("limits, retries and secrecy of calls are kept where the calls are")
                .check(CLASSES);
    }

    @Test
    void keeps_policies_pure() {
        noClasses()
                .that()
                .resideInAPackage("dev.octosts.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "io.helidon..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.time..")
                .because("a decision must be reproducible from its inputs alone")
                .check(CLASSES);
    }

    @Test
    void reads_configuration_in_the_program_alone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.octosts.api..",
                        "dev.octosts.policy..",
                        "dev.octosts.github..",
                        "dev.octosts.exchange..",
                        "dev.octosts.webhook..",
                        "dev.octosts.operators..",
                        "dev.octosts.probers..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.config..", "io.helidon.config..")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .because("a module gets its settings once, checked")
                .check(CLASSES);
    }

    @Test
    void knows_http_status_codes_in_front_alone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.octosts.policy..",
                        "dev.octosts.github..",
                        "dev.octosts.exchange..",
                        "dev.octosts.webhook..")
                .or(resideInAPackage("dev.octosts.app..").and(not(resideInAPackage("dev.octosts.app.edge.."))))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.ws.rs.core.Response$Status")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.helidon.http.Status")
                .because("a problem is mapped to HTTP once, in the api; the edge answers what never gets that far")
                .check(CLASSES);
    }

    @Test
    void marks_every_package_for_nullness() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(CLASSES);
        var marked = CLASSES.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(type -> type.getPackageName())
                .toList();
        assertThat(CLASSES.stream().map(type -> type.getPackageName()).distinct())
                .isSubsetOf(marked);
    }

    @Test
    void keeps_the_sandbox_off_the_production_path() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.octosts.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.octosts.sandbox..")
                .check(CLASSES);
    }
}
