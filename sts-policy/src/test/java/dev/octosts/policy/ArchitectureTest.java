package dev.octosts.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.yaml.YamlData;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.octosts.policy");

    @Test
    void the_rules_see_the_module() {
        assertThat(MODULE.contain(TrustPolicy.class)).isTrue();
        assertThat(MODULE.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void uses_no_framework_no_network_no_clock_and_no_files() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "javax..",
                        "io.helidon..",
                        "java.net..",
                        "java.time..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.lang.reflect..",
                        "java.util.concurrent..")
                .because("a decision must be reproducible from its inputs alone")
                .check(MODULE);
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "read or write anything",
                        type -> type.getPackageName().equals("java.io")
                                && !type.getSimpleName().startsWith("Serial")))
                .because("callers bring the bytes")
                .check(MODULE);
    }

    @Test
    void reads_neither_time_nor_environment() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .because("a decision must be reproducible from its inputs alone")
                .check(MODULE);
    }

    @Test
    void only_an_evaluation_makes_a_decision() {
        for (Class<?> decision : new Class<?>[] {Permit.class, Deny.class}) {
            noClasses()
                    .that()
                    .areNotAssignableTo(Rules.class)
                    .should()
                    .callConstructorWhere(DescribedPredicate.describe(
                            "makes a " + decision.getSimpleName(),
                            call -> call.getTargetOwner().isEquivalentTo(decision)))
                    .because("having a permit proves that a policy was evaluated")
                    .check(MODULE);
            assertThat(MODULE.get(decision).getConstructors())
                    .allSatisfy(constructor -> assertThat(constructor.getModifiers())
                            .doesNotContain(JavaModifier.PUBLIC, JavaModifier.PROTECTED));
            assertThat(MODULE.get(decision).getModifiers()).contains(JavaModifier.FINAL);
        }
    }

    @Test
    void keeps_its_libraries_to_itself() {
        classes()
                .that()
                .arePublic()
                .and(DescribedPredicate.describe(
                        "may be used by other modules",
                        (JavaClass type) -> !type.getPackageName().equals(YamlData.class.getPackageName())
                                || type.isEquivalentTo(YamlData.class)))
                .and(DescribedPredicate.describe(
                        "have members",
                        (JavaClass type) -> !type.getMembers().isEmpty()
                                && !type.getEnclosingClass()
                                        .map(outer -> !outer.getModifiers().contains(JavaModifier.PUBLIC))
                                        .orElse(false)))
                .should(new ExposeNoLibrary())
                .check(MODULE);
    }
}
