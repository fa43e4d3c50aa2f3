package dev.octosts.kms.pkcs11;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A PKCS#11 device, by the name {@code pkcs11}. */
public final class Pkcs11KeyServiceProvider implements KeyServiceProvider {

    static final String MODULE = "OCTOSTS_PKCS11_MODULE";
    static final String SLOT = "OCTOSTS_PKCS11_SLOT";
    static final String TOKEN = "OCTOSTS_PKCS11_TOKEN";

    public Pkcs11KeyServiceProvider() {}

    @Override
    public String name() {
        return "pkcs11";
    }

    @Override
    public KeyService open(Surroundings surroundings) throws SigningException {
        var module =
                Path.of(surroundings.needed(MODULE, "the path of the device's library, a file like libsofthsm2.so"));
        if (!Files.isReadable(module) || module.toString().chars().anyMatch(Character::isISOControl)) {
            throw wrong(MODULE + " names " + module + ", which cannot be read");
        }
        return new Device(new Token(module, slot(surroundings, module), Pin.read(surroundings)), surroundings.clock());
    }

    private static long slot(Surroundings surroundings, Path module) throws SigningException {
        var slot = surroundings.variable(SLOT);
        var label = surroundings.variable(TOKEN);
        if (slot.isPresent() == label.isPresent()) {
            throw wrong("give " + SLOT + ", the number of a slot, or " + TOKEN + ", the label of the token in it");
        }
        if (label.isPresent()) {
            return TokenLabels.slotOf(module, label.get());
        }
        if (!slot.get().matches("[0-9]{1,18}")) {
            throw wrong(SLOT + " is not the number of a slot; pkcs11-tool --list-slots shows them");
        }
        return Long.parseLong(slot.get());
    }

    static SigningException wrong(String advice) {
        return new SigningException(SigningFault.MISCONFIGURED, "", advice);
    }

    private record Device(Token token, Clock clock) implements KeyService {

        @Override
        public SigningKey key(String name) {
            return new DeviceKey(name, token);
        }

        @Override
        public Optional<KeyImport> imports() {
            return Optional.of(new DeviceImport(token, clock));
        }

        @Override
        public void close() {
            token.close();
        }
    }
}
