package dev.octosts.github;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.InstallationToken;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content at a path of a repository, as the client reports it. */
@Timeout(30)
class GitHubContentTest {

    private static final String PATH = ".github/chainguard/ci.sts.yaml";
    private static final int MEBIBYTE = 1024 * 1024;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final InstallationToken token = token();

    @AfterEach
    void close() {
        gitHub.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 44, 45, 46, 100_000, MEBIBYTE})
    void a_file_is_its_bytes(int size) {
        byte[] bytes = "ÿ".repeat(size).getBytes(StandardCharsets.ISO_8859_1);
        gitHub.repository().put(PATH, bytes);
        assertThat(file(read("")).bytes()).isEqualTo(bytes);
    }

    @Test
    void a_version_that_is_known_is_not_sent_again() {
        gitHub.repository().put(PATH, "a");
        String etag = file(read("")).etag();
        assertThat(etag).isNotEmpty();
        assertThat(read(etag)).isEqualTo(new Success<>(new FileContent.Unchanged()));
        gitHub.repository().put(PATH, "b");
        assertThat(file(read(etag)).bytes()).asString().isEqualTo("b");
    }

    @Test
    void nothing_is_absent() {
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.Absent()));
    }

    @Test
    void a_directory_is_no_file() {
        gitHub.repository().put(PATH + "/x", "y");
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.NotAFile()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "../../real.yaml", "issuer: x\nsubject: y"})
    void a_symbolic_link_is_a_link_also_when_github_follows_it(String target) {
        gitHub.repository().put("real.yaml", "issuer: x");
        gitHub.repository().files().putSymlink(PATH, target);
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.Link()));
    }

    /** As GitHub answers for a link to {@code a-file-with-content} next to it, recorded by hub4j/github-api. */
    @Test
    void a_link_that_github_follows_is_known_by_its_sha() {
        answering(Reply.json(200, """
                {"name": "a-symlink-to-a-file", "path": "ghcontent-ro/a-symlink-to-a-file", "type": "file",
                 "sha": "dbb84a81d2b1b5eb4077c9b72b7497eb16ed9bf6", "size": 22, "encoding": "base64",
                 "content": "dGhhbmtzIGZvciByZWFkaW5nIG1lCg==\\n"}
                """));
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.Link()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "SHA-256"})
    void a_file_has_the_name_that_git_gives_its_content(String function) throws Exception {
        var digest = MessageDigest.getInstance(function);
        digest.update("blob 22\0".getBytes(StandardCharsets.UTF_8));
        String name =
                HexFormat.of().formatHex(digest.digest("thanks for reading me\n".getBytes(StandardCharsets.UTF_8)));
        answering(Reply.json(200, content("dGhhbmtzIGZvciByZWFkaW5nIG1lCg==", name)));
        assertThat(file(read("")).bytes()).asString().isEqualTo("thanks for reading me\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "901fd877"})
    void content_without_its_name_is_no_answer(String sha) {
        answering(Reply.json(200, content("dGhhbmtzIGZvciByZWFkaW5nIG1lCg==", sha)));
        assertThat(read("")).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
    }

    private static String content(String base64, String sha) {
        return "{\"type\":\"file\",\"encoding\":\"base64\",\"content\":\"" + base64 + "\",\"sha\":\"" + sha + "\"}";
    }

    @Test
    void a_submodule_is_no_file() {
        gitHub.repository().files().putSubmodule(PATH, "https://git.example/x");
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.NotAFile()));
    }

    @Test
    void a_file_that_github_sends_without_its_content_is_unreadable() {
        gitHub.repository().put(PATH, new byte[MEBIBYTE + 1]);
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.Unreadable()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"file\",\"encoding\":\"base64\",\"content\":\"!\"}",
                "{\"type\":\"file\",\"encoding\":\"base64\",\"content\":\"YQ=\"}",
                "{\"type\":\"file\",\"encoding\":\"base64\",\"content\":7}",
                "{\"type\":\"file\",\"encoding\":\"base64\"}",
                "{\"type\":\"file\",\"encoding\":\"none\",\"content\":\"\"}",
                "{\"type\":\"file\",\"encoding\":\"utf-8\",\"content\":\"YQ==\"}",
                "{\"type\":\"file\",\"content\":\"YQ==\"}"
            })
    void content_that_cannot_be_decoded_is_unreadable(String json) {
        answering(Reply.json(200, json));
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.Unreadable()));
    }

    @Test
    void the_line_breaks_in_base64_may_be_of_any_kind() {
        answering(Reply.json(200, content("Ym\\r\\nF\\ny\\r", "ba0e162e1c47469e3fe4b393a8bf8c569f302116")));
        assertThat(file(read("")).bytes()).asString().isEqualTo("bar");
    }

    @Test
    void content_beyond_the_limit_is_unreadable_also_when_github_sends_it() {
        String content = "YWFh".repeat(MEBIBYTE / 3 + 1);
        answering(Reply.json(200, "{\"type\":\"file\",\"encoding\":\"base64\",\"content\":\"" + content + "\"}"));
        assertThat(read("")).isEqualTo(new Success<>(new FileContent.Unreadable()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer: x", "\"a string\"", "7", "", "{\"type\":\"file\""})
    void what_is_not_githubs_json_does_not_pass_for_content(String body) {
        answering(Reply.json(200, body));
        assertThat(read("")).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
    }

    @Test
    void a_renamed_repository_is_followed_on_the_same_host() {
        gitHub.repository().put(PATH, "moved");
        gitHub.server().rename(gitHub.repository(), "new-name");
        assertThat(file(read("")).bytes()).asString().isEqualTo("moved");
        assertThat(gitHub.log().of(CallKind.CONTENT)).extracting(Call::status).containsExactly(301, 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:1/x",
                "http://localhost/x",
                "https://localhost/x",
                "//evil.example/x",
                "https://localhost@evil.example/x",
                "http://169.254.169.254/latest",
                "mailto:x",
                "https:x",
                "::not an address",
                "",
                " "
            })
    void a_redirect_to_anywhere_else_is_not_followed(String location) {
        answering(Reply.json(301, "{}").with("Location", location));
        assertThat(read("")).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        assertThat(gitHub.log().count(CallKind.CONTENT)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirect_on_the_same_host_is_followed_for_good_or_for_now(int status) {
        gitHub.repository().put(PATH, "moved");
        String same = "/repos/" + gitHub.owner() + "/" + REPOSITORY + "/contents/" + PATH;
        gitHub.server()
                .fault(
                        kind(CallKind.CONTENT),
                        Faults.reply(Reply.json(status, "{}").with("Location", same)),
                        1);
        assertThat(file(read("")).bytes()).asString().isEqualTo("moved");
    }

    @Test
    void a_second_redirect_is_not_followed() {
        gitHub.server()
                .fault(
                        call -> call.method().equals("GET"),
                        Faults.reply(Reply.json(302, "{}").with("Location", "/repositories/1/contents/x")));
        assertThat(read("")).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        assertThat(gitHub.log().count(call -> call.method().equals("GET"))).isEqualTo(2);
    }

    private void answering(Reply reply) {
        gitHub.server().fault(kind(CallKind.CONTENT), Faults.reply(reply));
    }

    private GitHubResult<FileContent> read(String etag) {
        var place = new GitHub.FilePlace(
                gitHub.owner(), REPOSITORY, PATH, gitHub.installation().id());
        return gitHub.client().content(gitHub.caller(), token, place, etag);
    }

    private static FileContent.File file(GitHubResult<FileContent> answer) {
        if (answer instanceof Success<FileContent>(FileContent.File file)) {
            return file;
        }
        throw new AssertionError(answer);
    }

    private InstallationToken token() {
        GitHubResult<MintedToken> minted =
                gitHub.client().mint(gitHub.route(), TokenRequest.toRead(List.of(REPOSITORY)));
        gitHub.log().clear();
        return switch (minted) {
            case Success<MintedToken>(var success) -> success.token();
            case Failure<MintedToken>(var reason) -> throw new AssertionError(reason);
        };
    }
}
