package dev.octosts.github.key;

import dev.octosts.api.Egress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Makes the {@link KeyService} of one provider. Found by service loading, in the module of that provider. */
public interface KeyServiceProvider {

    /** The provider's name in {@code KMS_PROVIDER}, in lower case. */
    String name();

    /**
     * Makes the service. It may read files and look for an identity; it makes no call that takes long.
     *
     * @throws SigningException when a variable is missing or wrong; {@link SigningException#advice} names it
     */
    KeyService open(Surroundings surroundings) throws SigningException;

    /**
     * What a provider has of the program.
     *
     * @param variables the environment's, by name
     * @param egress how calls leave this process
     * @param clock the time
     */
    record Surroundings(Map<String, String> variables, Egress egress, Clock clock) {

        public Surroundings {
            variables = Map.copyOf(variables);
        }

        /** The value of a variable; empty also when it is set to nothing. */
        public Optional<String> variable(String name) {
            return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
        }

        /**
         * The value of a variable that must be set.
         *
         * @param meaning what to give, for the operator
         */
        public String needed(String name, String meaning) throws SigningException {
            return variable(name)
                    .orElseThrow(() -> new SigningException(
                            SigningException.SigningFault.MISCONFIGURED, "", name + " is not set; give " + meaning));
        }

        /** Leaves the variables out: they have secrets. */
        @Override
        public String toString() {
            return "Surroundings[***]";
        }
    }
}
