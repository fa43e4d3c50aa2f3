package dev.octosts.exchange;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Named;

/**
 * What is asked for, and the one thing that is wrong about the request or the world.
 *
 * @param ask what is asked for
 * @param world what is wrong about the world
 * @param expected the answer, whose message is empty where the contract leaves the words open
 */
record ErrorRow(Ask ask, Consumer<ExchangeFixture> world, Function<ExchangeFixture, Problem> expected) {

    static final String FOUND_NONE = "unable to find trust policy for \"ci\"";

    record Ask(Function<ExchangeFixture, String> bearer, Function<ExchangeFixture, String> scope, String identity) {

        static final Ask RIGHT =
                new Ask(world -> world.token().sign(), ExchangeFixture::scope, ExchangeFixture.IDENTITY);

        static Ask bearer(Function<ExchangeFixture, String> bearer) {
            return new Ask(bearer, RIGHT.scope, RIGHT.identity);
        }

        static Ask scope(Function<ExchangeFixture, String> scope) {
            return new Ask(RIGHT.bearer, scope, RIGHT.identity);
        }

        static Ask identity(String identity) {
            return new Ask(RIGHT.bearer, RIGHT.scope, identity);
        }
    }

    static Named<ErrorRow> asking(String name, Ask ask, ProblemCode code, String message) {
        return Named.of(name, new ErrorRow(ask, world -> {}, world -> new Problem(code, message)));
    }

    static Named<ErrorRow> refusing(String name, Consumer<ExchangeFixture> world, ProblemCode code, String message) {
        return Named.of(name, new ErrorRow(Ask.RIGHT, world, any -> new Problem(code, message)));
    }
}
