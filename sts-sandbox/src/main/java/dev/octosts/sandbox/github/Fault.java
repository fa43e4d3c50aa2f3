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
     * @param real gives the correct answer, with all its effects, when it is called
     */
    Answer answer(Call call, Supplier<Reply> real);
}
