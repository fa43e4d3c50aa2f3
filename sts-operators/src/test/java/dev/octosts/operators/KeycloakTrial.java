package dev.octosts.operators;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * With Keycloak, which {@code KEYCLOAK_HOME} names. No part of the usual tests, because it takes minutes; {@code
 * deploy/keycloak-trial} runs it.
 */
class KeycloakTrial extends ForeignProviderContract {

    private static final int PORT = OperatorsFixture.freePort();

    private static @Nullable Keycloak keycloak;

    @BeforeAll
    static void start() throws IOException {
        var home = System.getenv("KEYCLOAK_HOME");
        if (home == null) {
            throw new AssertionError("KEYCLOAK_HOME is not set; deploy/keycloak-trial fetches Keycloak and sets it");
        }
        keycloak = new Keycloak(Path.of(home), PORT);
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Override
    ForeignProvider provider() {
        return Objects.requireNonNull(keycloak, "not started");
    }

    @Override
    int port() {
        return PORT;
    }
}
