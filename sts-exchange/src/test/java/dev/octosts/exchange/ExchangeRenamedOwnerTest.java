package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.sandbox.github.Calls.finalMint;
import static dev.octosts.sandbox.github.Calls.kind;
import static dev.octosts.sandbox.github.Calls.readMint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An organization is renamed: its installations go with it, and its old name may be taken by another account. */
@Timeout(60)
class ExchangeRenamedOwnerTest {

    private static final Duration ALMOST = Duration.ofNanos(1);

    private final ExchangeFixture world = new ExchangeFixture();

    @BeforeEach
    void put() {
        world.put(world.policy());
        world.gitHub().policyRepository().put(DemoWorld.policyFile(IDENTITY), world.policy());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_read_token_of_another_owner_reads_nothing() {
        String first = world.granted(world.exchange()).value();
        rename();
        world.gitHub().log().clear();
        assertThat(refused(world.exchange(world.token().sign(), world.scope(), "another")))
                .isEqualTo(notInstalled());
        assertThat(world.gitHub().calls()).containsExactly(CallKind.MINT, CallKind.FIND_INSTALLATION);
        world.gitHub().awaitRevocationOfAllBut(first);
    }

    @Test
    void a_token_of_another_owner_is_not_handed_out() {
        String first = world.granted(world.exchange()).value();
        rename();
        world.gitHub().log().clear();
        assertThat(refused(world.exchange())).isEqualTo(notInstalled());
        assertThat(world.gitHub().calls()).containsExactly(CallKind.MINT, CallKind.FIND_INSTALLATION);
        assertThat(refused(world.exchange()))
                .as("the installation is forgotten")
                .isEqualTo(notInstalled());
        assertThat(world.gitHub().log().count(CallKind.MINT)).isOne();
        world.gitHub().awaitRevocationOfAllBut(first);
    }

    @Test
    void before_a_token_for_all_repositories_the_account_is_looked_at_once_a_minute() {
        assertThat(world.granted(allRepositories()).repositories()).isEmpty();
        world.gitHub().log().clear();
        world.gitHub().time().passes(Duration.ofMinutes(1).minus(ALMOST));
        world.granted(allRepositories());
        assertThat(world.gitHub().calls()).containsExactly(CallKind.MINT);
        world.gitHub().log().clear();
        world.gitHub().time().passes(ALMOST);
        world.granted(allRepositories());
        assertThat(world.gitHub().calls()).containsExactly(CallKind.FIND_INSTALLATION, CallKind.MINT);
        world.gitHub().time().passes(Duration.ofMinutes(1));
        rename();
        world.gitHub().log().clear();
        assertThat(refused(allRepositories())).isEqualTo(notInstalled());
        assertThat(world.gitHub().calls()).containsExactly(CallKind.FIND_INSTALLATION);
    }

    private dev.octosts.api.ExchangeResult allRepositories() {
        return world.exchange(world.token().sign(), world.gitHub().owner(), IDENTITY);
    }

    private Problem notInstalled() {
        return new Problem(
                ProblemCode.NOT_FOUND,
                "no installation found for \"" + world.gitHub().owner() + "\"");
    }

    private void rename() {
        world.gitHub().server().fault(readMint().or(finalMint()), renamed());
        world.gitHub().server().fault(kind(CallKind.FIND_INSTALLATION), Faults.editing(this::renamedAccount));
    }

    private JsonObject renamedAccount(JsonObject installation) {
        return Json.createObjectBuilder(installation)
                .add(
                        "account",
                        Json.createObjectBuilder(installation.getJsonObject("account"))
                                .add("login", world.gitHub().owner() + "-renamed"))
                .build();
    }

    private Fault renamed() {
        return Faults.editing(mint -> mint.containsKey("repositories")
                ? Json.createObjectBuilder(mint)
                        .add(
                                "repositories",
                                Json.createArrayBuilder(mint.getJsonArray("repositories").stream()
                                        .map(this::renamedRepository)
                                        .toList()))
                        .build()
                : mint);
    }

    private JsonValue renamedRepository(JsonValue repository) {
        return Json.createObjectBuilder(repository.asJsonObject())
                .add(
                        "full_name",
                        world.gitHub().owner() + "-renamed/"
                                + repository.asJsonObject().getString("name"))
                .build();
    }
}
