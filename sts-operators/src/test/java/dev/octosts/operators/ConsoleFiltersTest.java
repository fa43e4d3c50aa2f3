package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Filters of the console's pages: in the form, and in the address. */
class ConsoleFiltersTest extends OperatorsFixture {

    @Test
    void come_again_when_one_is_wrong() {
        var answer = as(bearer("watchers"), "/exchanges?owner=octo-org&from=yesterday&limit=2");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<h1>Exchanges</h1>")
                .contains("“From” is a day or a time in UTC, such as 2026-11-30")
                .contains("name=\"owner\" value=\"octo-org\"")
                .contains("name=\"from\" value=\"yesterday\"")
                .contains("name=\"limit\" value=\"2\"");
        assertThat(as(bearer("watchers"), "/exchanges?limit=900").body())
                .contains("“Limit” is a number from 1 to 500")
                .doesNotContain("value=\"900\"");
        assertThat(as(bearer("watchers"), "/exchanges?owner=%00").body())
                .contains("“Account” has a character that no value of it has");
    }

    @Test
    void that_are_empty_are_not_in_the_address() {
        assertThat(location(as(bearer("watchers"), "/exchanges?kind=&owner=+octo-org+&from=&limit=2&to=")))
                .isEqualTo("/exchanges?owner=octo-org&limit=2");
        assertThat(location(as(bearer("watchers"), "/exchanges?kind=&to=+"))).isEqualTo("/exchanges");
        assertThat(location(as(bearer("watchers"), "/exchanges?kind=&before=20261130-4")))
                .isEqualTo("/exchanges?before=20261130-4");
    }

    @Test
    void with_a_day_find_what_was_until_its_end() {
        stores.record("owner-a");
        assertThat(as(bearer("watchers"), "/exchanges?to=2026-11-30").body())
                .contains("/exchanges/20261130-1\"")
                .contains("name=\"to\" value=\"2026-11-30\"")
                .contains("/api/export?format=csv&amp;to=2026-12-01T00%3A00%3A00Z");
        assertThat(as(bearer("watchers"), "/exchanges?to=2026-11-29").body()).contains("No record fits");
        assertThat(as(bearer("watchers"), "/exchanges?to=2026-11-30T00:00:00Z").body())
                .contains("No record fits");
        assertThat(as(bearer("watchers"), "/api/records?to=2026-11-30").body())
                .as("the API leaves out what it is given")
                .isEqualTo("{\"records\":[]}");
    }

    @Test
    void keep_the_limit_on_the_way_to_the_newest() {
        for (int number = 0; number < 5; number++) {
            stores.record("owner-a");
        }
        assertThat(as(bearer("watchers"), "/exchanges?limit=2&before=20261130-4")
                        .body())
                .contains("href=\"/exchanges?limit=2\">The newest");
    }

    @Test
    void of_policies_are_marked_where_they_are_chosen() {
        assertThat(as(bearer("watchers"), "/policies").body()).contains("aria-current=\"true\">All of 30 days");
        assertThat(as(bearer("watchers"), "/policies?days=90&unused=true").body())
                .contains("aria-current=\"true\">Unused for 90 days")
                .doesNotContain("aria-current=\"true\">All");
    }
}
