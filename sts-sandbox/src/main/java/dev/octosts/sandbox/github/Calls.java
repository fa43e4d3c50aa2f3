package dev.octosts.sandbox.github;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Conditions on calls, to be combined by {@link Predicate#and}. */
public final class Calls {
    private Calls() {}

    public static Predicate<Call> any() {
        return _ -> true;
    }

    public static Predicate<Call> kind(CallKind kind) {
        return call -> call.kind() == kind;
    }

    public static Predicate<Call> method(String method) {
        return call -> call.method().equals(method);
    }

    /** Matches the pattern anywhere in the path. */
    public static Predicate<Call> path(String pattern) {
        var compiled = Pattern.compile(pattern);
        return call -> compiled.matcher(call.path()).find();
    }

    public static Predicate<Call> owner(String login) {
        return call -> call.owner().filter(login::equalsIgnoreCase).isPresent();
    }

    public static Predicate<Call> repository(String name) {
        return call -> call.repository().filter(name::equalsIgnoreCase).isPresent();
    }

    public static Predicate<Call> file(String path) {
        return call -> call.files().contains(path);
    }

    public static Predicate<Call> installation(Installation installation) {
        return call -> call.installationId().orElse(0) == installation.id();
    }

    public static Predicate<Call> app(GitHubApp app) {
        return call -> call.appId().orElse(0) == app.id();
    }

    public static Predicate<Call> readMint() {
        return Call::readMint;
    }

    public static Predicate<Call> finalMint() {
        return Call::finalMint;
    }

    public static Predicate<Call> status(int status) {
        return call -> call.status() == status;
    }
}
