package dev.octosts.app.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that a variable names, whole and up to a limit; every message names the file. */
final class BoundedFile {

    private BoundedFile() {}

    static String text(String path, int limit) {
        return new String(bytes(path, limit), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String path, int limit) {
        try (var in = Files.newInputStream(Path.of(path))) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new IllegalArgumentException(
                        "the file " + SettingFault.quoted(path) + " is larger than " + limit + " bytes");
            }
            return content;
        } catch (NoSuchFileException _) {
            throw new IllegalArgumentException("the file " + SettingFault.quoted(path) + " does not exist");
        } catch (AccessDeniedException _) {
            throw new IllegalArgumentException(
                    "the file " + SettingFault.quoted(path) + " may not be read by this user");
        } catch (IOException | InvalidPathException _) {
            throw new IllegalArgumentException("the file " + SettingFault.quoted(path) + " cannot be read");
        }
    }
}
