package dev.octosts.policy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** No public method takes or gives a YAML node or an RE2/J pattern. */
final class ExposeNoLibrary extends ArchCondition<JavaClass> {
    ExposeNoLibrary() {
        super("expose neither YAML nor RE2/J");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethod method : type.getMethods()) {
            boolean exposed = Stream.concat(
                            Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                    .anyMatch(used -> used.getPackageName().startsWith("org.yaml")
                            || used.getPackageName().startsWith("com.google"));
            if (exposed && method.getModifiers().contains(JavaModifier.PUBLIC)) {
                events.add(SimpleConditionEvent.violated(method, method.getFullName()));
            }
        }
    }
}
