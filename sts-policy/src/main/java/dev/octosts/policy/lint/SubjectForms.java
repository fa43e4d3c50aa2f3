package dev.octosts.policy.lint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Corrects subjects of GitHub Actions: from the form that people write to the form that GitHub uses. */
final class SubjectForms {
    private static final Pattern ENCODED_SLASH = Pattern.compile("(?i)%2f");
    private static final Map<Pattern, String> CORRECTIONS = corrections();

    private SubjectForms() {}

    /** The subject in GitHub's form; the same text when nothing is known to be wrong with it. */
    static String right(String subject) {
        int ref = subject.indexOf(":ref:");
        String right = ref < 0
                ? subject
                : subject.substring(0, ref)
                        + ENCODED_SLASH.matcher(subject.substring(ref)).replaceAll("/");
        for (Map.Entry<Pattern, String> each : CORRECTIONS.entrySet()) {
            right = each.getKey().matcher(right).replaceFirst(each.getValue());
        }
        return right;
    }

    private static Map<Pattern, String> corrections() {
        String name = "[\\w.@-]+/[\\w.@-]+";
        String repository = "^(repo:" + name + "):";
        var corrections = new LinkedHashMap<String, String>();
        corrections.put("^(repo(sitory)?:)?(https?://)?github\\.com[/:]", "repo:");
        corrections.put("^(?i)(repo|repository|repos):(?=" + name + "(:|$))", "repo:");
        corrections.put("^(?=" + name + ":(ref|refs/|environment|pull_request))", "repo:");
        corrections.put("^(repo:[\\w.@-]+/[\\w.@-]+)\\.git(?=:)", "$1");
        corrections.put("^(repo:" + name + ")[@/](?=(ref|refs/|environment|pull_request))", "$1:");
        corrections.put("^repo/(?=" + name + ":)", "repo:");
        corrections.put(repository + "ref:refs/(?i:heads?|branch|branches)/", "$1:ref:refs/heads/");
        corrections.put(repository + "ref:refs/(?i:tags?)/", "$1:ref:refs/tags/");
        corrections.put(repository + "(?i:ref):(?=refs/)", "$1:ref:");
        corrections.put(repository + "branch/(?=[^:]+$)", "$1:ref:refs/heads/");
        corrections.put(repository + "(?i:environments?)[=:](?=[^:]+$)", "$1:environment:");
        corrections.put(repository + "(?=refs/)", "$1:ref:");
        corrections.put(repository + "(branch|heads|head):/?(refs/heads/)?", "$1:ref:refs/heads/");
        corrections.put(repository + "(tags|tag):/?(refs/tags/)?", "$1:ref:refs/tags/");
        corrections.put(
                repository + "refs?[:/]+(heads/)?(?!refs/|heads/|tags/|pull/|[0-9a-f]{40}$)", "$1:ref:refs/heads/");
        corrections.put(repository + "refs?[:/]+(?=(heads|tags)/)", "$1:ref:refs/");
        corrections.put(repository + "(?i)(env|environments):", "$1:environment:");
        corrections.put(repository + "(?i)(pull|pr|pull[_-]?requests?)(:.*)?$", "$1:pull_request");
        var compiled = new LinkedHashMap<Pattern, String>();
        corrections.forEach((wrong, right) -> compiled.put(Pattern.compile(wrong), right));
        return compiled;
    }
}
