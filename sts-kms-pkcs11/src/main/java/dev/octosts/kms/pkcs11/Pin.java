package dev.octosts.kms.pkcs11;

import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The user's PIN.
 *
 * @param file read with each login; empty when the PIN was given itself
 */
record Pin(Optional<Path> file, String given) {

    private static final int LONGEST = 256;

    static Pin read(Surroundings surroundings) throws SigningException {
        var file = surroundings.variable("OCTOSTS_PKCS11_PIN_FILE").map(Path::of);
        if (file.isPresent()) {
            return new Pin(file, "");
        }
        return new Pin(
                Optional.empty(),
                surroundings
                        .variable("OCTOSTS_PKCS11_PIN")
                        .orElseThrow(() -> Pkcs11KeyServiceProvider.wrong(
                                "OCTOSTS_PKCS11_PIN_FILE is not set; give the file of the user's PIN")));
    }

    /** The PIN now. */
    String text() throws SigningException {
        if (file.isEmpty()) {
            return given;
        }
        try (var in = Files.newInputStream(file.get())) {
            var text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw Pkcs11KeyServiceProvider.wrong("the file " + file.get() + " of the PIN cannot be read");
        }
    }

    @Override
    public String toString() {
        return "Pin[***]";
    }
}
