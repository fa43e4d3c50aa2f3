package dev.octosts.app.layer;

import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.lang.module.ResolvedModule;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A folder of the distribution with modules that the program does not start with. Who has configured nothing
 * that is in one loads nothing of it.
 */
public final class ModuleFolder {

    private final Optional<Path> folder;

    /** @param folder empty when there is none, as in tests on the class path */
    public ModuleFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /** A folder where the program's own module is. */
    public static ModuleFolder ofThisProgram(String name) {
        return new ModuleFolder(Optional.ofNullable(
                        ModuleFolder.class.getModule().getLayer())
                .flatMap(layer -> layer.configuration()
                        .findModule(ModuleFolder.class.getModule().getName()))
                .map(ResolvedModule::reference)
                .flatMap(reference -> reference.location())
                .flatMap(location -> {
                    try {
                        return Optional.ofNullable(Path.of(location).getParent());
                    } catch (IllegalArgumentException | FileSystemNotFoundException noFile) {
                        return Optional.empty();
                    }
                })
                .map(libraries -> libraries.resolve(name)));
    }

    /** A folder inside this one. */
    public ModuleFolder in(String name) {
        return new ModuleFolder(folder.map(all -> all.resolve(name)));
    }

    /** The folder is there, and what is in it cannot be loaded. */
    public static final class NotWholeException extends Exception {

        private static final long serialVersionUID = 1L;

        NotWholeException(Throwable why) {
            super(why.getClass().getSimpleName(), why);
        }
    }

    /**
     * Looks for something in a layer of these modules.
     *
     * @return empty when there is no folder
     * @throws NotWholeException when it cannot be loaded
     */
    public <T> Optional<T> find(Function<ModuleLayer, Optional<T>> search) throws NotWholeException {
        try {
            return folder.filter(Files::isDirectory).flatMap(own -> search.apply(layer(own)));
        } catch (FindException | ResolutionException | LayerInstantiationException | ServiceConfigurationError broken) {
            throw new NotWholeException(broken);
        }
    }

    /** With everything that is in the folder: libraries that are no modules do not say which modules they need. */
    private static ModuleLayer layer(Path folder) {
        var program = ModuleLayer.boot();
        var own = ModuleFinder.of(folder);
        var names =
                own.findAll().stream().map(module -> module.descriptor().name()).collect(Collectors.toSet());
        var configuration = program.configuration().resolveAndBind(ModuleFinder.of(), own, names);
        return program.defineModulesWithOneLoader(configuration, ModuleFolder.class.getClassLoader());
    }
}
