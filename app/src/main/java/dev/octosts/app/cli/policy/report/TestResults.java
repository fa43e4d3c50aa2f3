package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.test.PolicyTests;
import dev.octosts.policy.text.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one test file.
 *
 * @param file as the caller would write it
 * @param results one for each test, never empty
 */
public record TestResults(String file, List<PolicyTests.Result> results) {

    public TestResults {
        results = List.copyOf(results);
    }

    /** The result for a file that could not be used at all. */
    public static TestResults failed(String file, String reason) {
        return new TestResults(file, List.of(new PolicyTests.Result("the tests can be run", false, reason)));
    }

    /**
     * The results of all files for programs: one object, with the files in {@code files} and the counts in
     * {@code summary}.
     */
    public static String json(List<TestResults> tested) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put(
                "tests", tested.stream().mapToInt(file -> file.results().size()).sum());
        summary.put("failures", tested.stream().mapToLong(TestResults::failures).sum());
        var all = new LinkedHashMap<String, Object>();
        all.put("files", tested.stream().map(TestResults::toMap).toList());
        all.put("summary", summary);
        return JsonWriter.forBuilds(all, 0) + System.lineSeparator();
    }

    private Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("file", file);
        map.put("tests", results.stream().map(TestResults::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(PolicyTests.Result result) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", result.name());
        map.put("passed", result.passed());
        if (!result.passed()) {
            map.put("message", result.message());
        }
        return map;
    }

    public boolean passed() {
        return results.stream().allMatch(PolicyTests.Result::passed);
    }

    public long failures() {
        return results.stream().filter(result -> !result.passed()).count();
    }
}
