package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.util.function.Supplier;

/** An answer that GitHub gives instead of the correct one. {@link Faults} has the usual ones. */
@FunctionalInterface
public interface Fault {
    /**
     * Answers in GitHub's place.
     *
     * @param real answers the call as it should be, with all its effects, when it is asked to
     */
    Answer answer(Call call, Supplier<Reply> real);
}
