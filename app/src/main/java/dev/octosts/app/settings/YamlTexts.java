package dev.octosts.app.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the operator's YAML as maps, lists and the texts that were written: {@code no} is a name like any other, and
 * {@code 0123} has four digits. Plain nulls are null.
 */
final class YamlTexts {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 50;

    private YamlTexts() {}

    /**
     * Reads a file's only document.
     *
     * @return null when there is no document
     * @throws IllegalArgumentException with the fault and its place
     */
    static @Nullable Object read(byte[] file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        var dumping = new DumperOptions();
        var yaml = new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new AsWritten());
        try {
            return yaml.load(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString());
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException("not UTF-8");
        } catch (MarkedYAMLException refused) {
            throw new IllegalArgumentException(where(refused.getProblemMark()) + refused.getProblem(), refused);
        } catch (YAMLException refused) {
            throw new IllegalArgumentException(
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("not YAML"), refused);
        }
    }

    private static String where(@Nullable Mark mark) {
        return mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    }

    /** Resolves nulls and merge keys; every other value is a text. */
    private static final class AsWritten extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<", 10);
            addImplicitResolver(Tag.NULL, NULL, "~nN\0", 10);
            addImplicitResolver(Tag.NULL, EMPTY, null, 10);
        }
    }
}
