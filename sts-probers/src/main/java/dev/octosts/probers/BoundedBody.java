package dev.octosts.probers;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an answer's body as text. Text beyond {@link #LIMIT} is not read. */
final class BoundedBody implements BodySubscriber<Optional<String>> {

    static final int LIMIT = 256 * 1024;

    /** The treatment of a body that is larger than the limit. */
    enum Excess {
        /** There is no text. */
        REFUSED,
        /** The text is cut at the limit. */
        CUT
    }

    private final Excess excess;
    private final CompletableFuture<Optional<String>> text = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(Excess excess) {
        this.excess = excess;
    }

    @Override
    public CompletionStage<Optional<String>> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (received.size() + buffer.remaining() > LIMIT) {
                if (subscription != null) {
                    subscription.cancel();
                }
                text.complete(excess == Excess.CUT ? Optional.of(taken()) : Optional.empty());
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            received.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(Optional.of(taken()));
    }

    private String taken() {
        return received.toString(StandardCharsets.UTF_8);
    }
}
