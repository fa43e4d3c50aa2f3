package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Position;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** The bytes of a YAML file as a graph of nodes with positions. Scalars stay the text that was written. */
public final class YamlFile {
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 50;
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int MAX_COLLECTION_ALIASES = 50;

    private YamlFile() {}

    /**
     * The root of the only document. It is null when there is none, or when the file is unreadable; {@code faults} then
     * says why.
     */
    public static @Nullable Node root(byte[] file, Faults faults) {
        if (file.length > MAX_BYTES) {
            faults.at(
                    Position.START,
                    DiagnosticCode.UNREADABLE,
                    "the file has %d bytes, at most %d are read".formatted(file.length, MAX_BYTES));
            return null;
        }
        String text = decode(file, faults);
        return text == null ? null : compose(text, faults);
    }

    private static @Nullable String decode(byte[] file, Faults faults) {
        var bytes = ByteBuffer.wrap(file);
        var decoded = CharBuffer.allocate(file.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            at(text, faults, "byte 0x%02x is not UTF-8".formatted(file[bytes.position()]));
            return null;
        }
        int printable = 0;
        while (printable < text.length() && StreamReader.isPrintable(text.codePointAt(printable))) {
            printable = text.offsetByCodePoints(printable, 1);
        }
        if (printable < text.length()) {
            String found = "character U+%04X is not allowed in YAML".formatted(text.codePointAt(printable));
            at(text.substring(0, printable), faults, found);
            return null;
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }

    private static void at(String before, Faults faults, String message) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = 1 + before.codePointCount(before.lastIndexOf('\n') + 1, before.length());
        faults.at(
                new Position(line, column, before.codePointCount(0, before.length())),
                DiagnosticCode.UNREADABLE,
                message);
    }

    private static @Nullable Node compose(String text, Faults faults) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_COLLECTION_ALIASES);
        try {
            var parser = new BoundedParser(new ParserImpl(new StreamReader(text), options));
            return new Composer(parser, new RawScalarResolver(), options).getSingleNode();
        } catch (MarkedYAMLException e) {
            YamlProblem.tell(e, text, faults);
        } catch (YAMLException e) {
            // Depth and number of aliases: the reader does not say where.
            faults.at(Position.START, DiagnosticCode.TOO_COMPLEX, "not a policy: " + e.getMessage());
        }
        return null;
    }

    /**
     * A YAML parser that stops at a file with more nodes than any policy has. A node takes a hundred times its text in
     * memory.
     */
    private static final class BoundedParser implements Parser {
        private static final int MAX_EVENTS = 20_000;

        private final Parser parser;
        private int events;

        BoundedParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public Event getEvent() {
            if (++events > MAX_EVENTS) {
                throw new YAMLException("the file has more than %d keys, values and lists".formatted(MAX_EVENTS));
            }
            return parser.getEvent();
        }
    }

    /**
     * Resolves every scalar to the text that was written: {@code 0123} and {@code yes} are no number and no boolean
     * here.
     */
    private static final class RawScalarResolver extends Resolver {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        @Override
        protected void addImplicitResolvers() {
            // None: resolve() alone decides.
        }

        @Override
        public Tag resolve(NodeId kind, String value, boolean plain) {
            return switch (kind) {
                case scalar -> plain ? plain(value) : Tag.STR;
                case sequence -> Tag.SEQ;
                case mapping -> Tag.MAP;
                case anchor -> throw new IllegalArgumentException("an alias has no tag of its own");
            };
        }

        private static Tag plain(String value) {
            if (NULLS.contains(value)) {
                return Tag.NULL;
            }
            return value.equals("<<") ? Tag.MERGE : Tag.STR;
        }
    }
}
