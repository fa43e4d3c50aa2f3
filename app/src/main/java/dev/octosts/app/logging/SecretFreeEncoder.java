package dev.octosts.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/**
 * Writes an event without secrets. Masking looks at each value of a line and takes as long as all the rest of it, so a
 * line is masked only when a look at its bytes has found what may be a secret.
 */
final class SecretFreeEncoder extends EncoderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> plain;
    private final Encoder<ILoggingEvent> masking;

    /**
     * An encoder from two, which must write the same of an event without a secret.
     *
     * @param masking leaves secrets out
     */
    SecretFreeEncoder(Encoder<ILoggingEvent> plain, Encoder<ILoggingEvent> masking) {
        this.plain = plain;
        this.masking = masking;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = plain.encode(event);
        return Scrub.mayHoldSecret(line) ? masking.encode(event) : line;
    }

    @Override
    public byte[] headerBytes() {
        return plain.headerBytes();
    }

    @Override
    public byte[] footerBytes() {
        return plain.footerBytes();
    }

    @Override
    public void setContext(Context context) {
        super.setContext(context);
        plain.setContext(context);
        masking.setContext(context);
    }

    @Override
    public void start() {
        plain.start();
        masking.start();
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        plain.stop();
        masking.stop();
    }
}
