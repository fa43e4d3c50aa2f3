package dev.octosts.app.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class UsageErrorsTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

    @Command(name = "tool", mixinStandardHelpOptions = true, subcommands = Group.class)
    static final class Tool {}

    @Command(
            name = "policy",
            mixinStandardHelpOptions = true,
            subcommands = {Check.class, New.class})
    static final class Group {}

    enum Form {
        text,
        json
    }

    static final class Source {
        @Option(names = "--file", required = true, paramLabel = "FILE")
        @Nullable
        String file;

        @Option(names = "--input", required = true)
        boolean input;
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Option(names = "--format", paramLabel = "text|json")
        Form form = Form.text;

        @Option(names = "--strict")
        boolean strict;

        @Option(names = "--port", paramLabel = "N")
        int port;

        @Option(names = "--policy", required = true, paramLabel = "FILE")
        String policy = "";

        @ArgGroup(multiplicity = "1")
        Source source = new Source();

        @Override
        public Integer call() {
            return 0;
        }
    }

    @Command(name = "new", mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Parameters(paramLabel = "PATH", arity = "1..*")
        List<String> paths = List.of();

        @Option(names = "--permission", paramLabel = "NAME=LEVEL")
        List<String> permissions = List.of();

        @Option(names = "--permit")
        boolean permit;

        @Override
        public Integer call() {
            return 0;
        }
    }

    private static String told(String... arguments) {
        var err = new StringWriter();
        var out = new StringWriter();
        int status = CommandLines.of(new Tool())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(status).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        return err.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polcy | there is no command 'polcy'; did you mean policy? see 'tool --help'",
                "chekc | there is no command 'chekc'; did you mean policy check? see 'tool --help'",
                "pol | there is no command 'pol'; did you mean policy? see 'tool --help'",
                "dance | there is no command 'dance'; there are policy; see 'tool --help'",
                "'' | a command is missing: policy; see 'tool --help'",
                "policy | a command is missing: check or new; see 'tool policy --help'",
                "policy nwe | there is no command 'nwe'; did you mean new? see 'tool policy --help'",
                "policy check --polcy=x | there is no option '--polcy'; did you mean --policy? see 'tool policy check --help'",
                "policy check --stict | there is no option '--stict'; did you mean --strict? see 'tool policy check --help'",
                "policy check --po=x | there is no option '--po'; see 'tool policy check --help'",
                "policy check --por=1 | there is no option '--por'; did you mean --port? see 'tool policy check --help'",
                "policy check y --input | there is an argument without an option's name: 'y'; did you mean --policy=FILE? see 'tool policy check --help'",
                "policy new --perm=x p | there is no option '--perm'; did you mean --permission or --permit? see 'tool policy new --help'",
                "policy check --xyzzyx | there is no option '--xyzzyx'; see 'tool policy check --help'",
                "policy check --policy=x --input y | there is an argument without an option's name: 'y'; see 'tool policy check --help'",
                "policy check --input | --policy=FILE is missing; see 'tool policy check --help'",
                "policy check --policy | --policy needs a value: FILE; see 'tool policy check --help'",
                "policy check --policy=x --policy=y --input | --policy is given more than once; see 'tool policy check --help'",
                "policy check --policy=x --input --format=jsno | --format: 'jsno' is none of text, json; did you mean json? see 'tool policy check --help'",
                "policy check --policy=x --input --port=many | --port: 'many' is not a number; see 'tool policy check --help'",
                "policy check --policy=x --input --strict=maybe | --strict takes no value; see 'tool policy check --help'",
                "policy new | PATH is missing; see 'tool policy new --help'",
            })
    void are_one_line_with_what_was_meant_and_where_to_read_more(String arguments, String line) {
        assertThat(told(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo("octo-sts: " + line + System.lineSeparator());
    }

    @Test
    void name_the_options_of_which_one_is_missing() {
        assertThat(told("policy", "check", "--policy=x"))
                .isEqualTo("octo-sts: one of these is missing: (--file=FILE | --input); see 'tool policy check --help'"
                        + System.lineSeparator());
    }

    @Test
    void name_the_options_that_exclude_each_other() {
        assertThat(told("policy", "check", "--policy=x", "--file=y", "--input"))
                .startsWith("octo-sts: --file=FILE, --input are mutually exclusive")
                .endsWith("; see 'tool policy check --help'" + System.lineSeparator())
                .hasLineCount(1);
    }

    @Test
    void see_that_a_permission_lacks_its_quotes() {
        assertThat(told("policy", "check", "--policy=contents:", "read", "--input"))
                .contains("put quotes around '--policy=contents: read'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "policy %s",
                "policy check %s",
                "policy check --policy=x --input %s",
                "policy check --polcy=%s",
                "policy check --%s",
                "policy check --format=%s",
                "policy check --format %s",
                "policy check --port %s",
                "policy check --strict=%s",
                "policy check --input=%s",
            })
    void repeat_no_token(String arguments) {
        assertThat(told(arguments.formatted(TOKEN).split(" "))).hasLineCount(1).doesNotContain("eyJ", "c2ln");
    }
}
