package dev.octosts.app.keys;

import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.Fault;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.lang.module.ResolvedModule;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Finds the modules of providers. Each has a folder of the distribution, which is not on the module path: who has no key in
 * such a service loads nothing of it.
 */
final class ProviderModules {

    private final Optional<Path> folder;

    /** @param folder where a folder for each provider is; empty when there is none, as in tests on the class path */
    ProviderModules(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The folder {@code kms} where the program's own module is. */
    static ProviderModules ofThisProgram() {
        return new ProviderModules(Optional.ofNullable(
                        ProviderModules.class.getModule().getLayer())
                .flatMap(layer -> layer.configuration()
                        .findModule(ProviderModules.class.getModule().getName()))
                .map(ResolvedModule::reference)
                .flatMap(reference -> reference.location())
                .flatMap(location -> {
                    try {
                        return Optional.ofNullable(Path.of(location).getParent());
                    } catch (IllegalArgumentException | FileSystemNotFoundException noFile) {
                        return Optional.empty();
                    }
                })
                .map(libraries -> libraries.resolve("kms")));
    }

    /**
     * The provider of a name.
     *
     * @throws SigningException when this distribution does not have it
     */
    KeyServiceProvider find(String name) throws SigningException {
        try {
            return folder.map(all -> all.resolve(name))
                    .filter(Files::isDirectory)
                    .map(own -> named(name, ServiceLoader.load(layer(own), KeyServiceProvider.class)))
                    .orElseGet(() -> named(name, ServiceLoader.load(KeyServiceProvider.class)))
                    .orElseThrow(() -> new SigningException(
                            Fault.MISCONFIGURED,
                            "",
                            "this distribution has no module for " + name + ", which is in its folder lib/kms/"
                                    + name));
        } catch (FindException | ResolutionException | LayerInstantiationException | ServiceConfigurationError broken) {
            throw new SigningException(
                    Fault.MISCONFIGURED,
                    broken.getClass().getSimpleName(),
                    "the folder lib/kms/" + name + " of this distribution is not whole; unpack it again");
        }
    }

    private static Optional<KeyServiceProvider> named(String name, ServiceLoader<KeyServiceProvider> providers) {
        return providers.stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }

    /** With everything that is in the folder: libraries that are no modules do not say which modules they need. */
    private static ModuleLayer layer(Path folder) {
        var program = ModuleLayer.boot();
        var own = ModuleFinder.of(folder);
        var names =
                own.findAll().stream().map(module -> module.descriptor().name()).collect(Collectors.toSet());
        var configuration = program.configuration().resolveAndBind(ModuleFinder.of(), own, names);
        return program.defineModulesWithOneLoader(configuration, ProviderModules.class.getClassLoader());
    }
}
