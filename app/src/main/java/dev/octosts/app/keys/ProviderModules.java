package dev.octosts.app.keys;

import dev.octosts.app.layer.ModuleFolder;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds the modules of providers. Each has a folder of the distribution, which is not on the module path: who has no
 * key in such a service loads nothing of it.
 */
final class ProviderModules {

    private final ModuleFolder folder;

    /** @param folder where a folder for each provider is */
    private ProviderModules(ModuleFolder folder) {
        this.folder = folder;
    }

    /** The folder {@code kms} where the program's own module is. */
    static ProviderModules ofThisProgram() {
        return new ProviderModules(ModuleFolder.ofThisProgram("kms"));
    }

    /**
     * The provider of a name.
     *
     * @throws SigningException when this distribution does not have it
     */
    KeyServiceProvider find(String name) throws SigningException {
        try {
            return folder.in(name)
                    .find(layer -> named(name, ServiceLoader.load(layer, KeyServiceProvider.class)))
                    .or(() -> named(name, ServiceLoader.load(KeyServiceProvider.class)))
                    .orElseThrow(() -> new SigningException(
                            SigningFault.MISCONFIGURED,
                            "",
                            "this distribution has no module for " + name + ", which is in its folder lib/kms/"
                                    + name));
        } catch (ModuleFolder.NotWholeException | ServiceConfigurationError broken) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED,
                    broken instanceof ModuleFolder.NotWholeException ? String.valueOf(broken.getMessage()) : "",
                    "the folder lib/kms/" + name + " of this distribution is not whole; unpack it again");
        }
    }

    private static Optional<KeyServiceProvider> named(String name, ServiceLoader<KeyServiceProvider> providers) {
        return providers.stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }
}
