package dev.octosts.app.logging;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.octosts.policy.text.SafeText;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON escapes of the log: every character that may do harm in a terminal is escaped. A reader of the JSON gets the
 * original text.
 */
public final class SafeEscapes extends CharacterEscapes {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int ASCII = 128;
    private static final Map<Integer, SerializableString> OTHERS = others();

    /** The escapes of JSON, and those for further characters. */
    public SafeEscapes() {}

    private static Map<Integer, SerializableString> others() {
        var others = new HashMap<Integer, SerializableString>();
        for (int unit = ASCII; unit <= Character.MAX_VALUE; unit++) {
            // Pairs of surrogates are characters; the generator writes each half as an escape.
            if (SafeText.isDangerous(unit) && !Character.isSurrogate((char) unit)) {
                others.put(unit, new SerializedString("\\u%04x".formatted(unit)));
            }
        }
        return Map.copyOf(others);
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[ASCII - 1] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        return OTHERS.get(unit);
    }
}
