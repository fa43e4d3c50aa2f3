package dev.octosts.sandbox.github;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The files of one branch or commit, by path. A folder exists when it contains something. */
public final class Tree {
    /** An entry at a path. */
    sealed interface Entry {
        final class Blob implements Entry {
            private final byte[] bytes;

            Blob(byte[] bytes) {
                this.bytes = bytes.clone();
            }

            byte[] bytes() {
                return bytes;
            }
        }

        record Symlink(String target) implements Entry {}

        record Submodule(String url) implements Entry {}

        record Folder() implements Entry {}
    }

    private final NavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();

    Tree() {}

    public Tree put(String path, String text) {
        return put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public Tree put(String path, byte[] bytes) {
        entries.put(path, new Entry.Blob(bytes));
        return this;
    }

    /** The target is relative to the link's folder, as in Git. */
    public Tree putSymlink(String path, String target) {
        entries.put(path, new Entry.Symlink(target));
        return this;
    }

    public Tree putSubmodule(String path, String url) {
        entries.put(path, new Entry.Submodule(url));
        return this;
    }

    /** Removes a file, or a folder with all its contents. */
    public Tree remove(String path) {
        entries.remove(path);
        entries.subMap(path + "/", path + "0").clear();
        return this;
    }

    Optional<Entry> at(String path) {
        return Optional.ofNullable(entries.get(path))
                .or(() -> children(path).isEmpty() ? Optional.empty() : Optional.of(new Entry.Folder()));
    }

    record Child(String name, Entry entry) {}

    /** The direct children of a folder (the empty path is the root), in order of names. */
    List<Child> children(String folder) {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        var children = new ArrayList<Child>();
        entries.tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .forEach(entry -> {
                    var rest = entry.getKey().substring(prefix.length());
                    int slash = rest.indexOf('/');
                    var name = slash < 0 ? rest : rest.substring(0, slash);
                    if (children.isEmpty() || !children.getLast().name().equals(name)) {
                        children.add(new Child(name, slash < 0 ? entry.getValue() : new Entry.Folder()));
                    }
                });
        return children;
    }
}
