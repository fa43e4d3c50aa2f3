package dev.octosts.webhook.payload;

import static dev.octosts.webhook.payload.PayloadReader.Shape.TEXT;
import static dev.octosts.webhook.payload.PayloadReader.Shape.members;

import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.webhook.payload.PayloadReader.Shape;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads the events about installations and repositories. It keeps only the accounts and repositories that they touch. A
 * repository that was renamed or transferred is touched under both names.
 */
final class AccountEvents {

    private static final int MOST_REPOSITORIES = 10_000;

    private static final Shape ACCOUNT = members("login", TEXT);
    private static final Shape NAMES = new Shape.Elements(MOST_REPOSITORIES, members("full_name", TEXT));
    private static final Shape FROM = members("from", TEXT);
    private static final Shape.Members WANTED = members(
            "installation",
            members("account", ACCOUNT),
            "account",
            ACCOUNT,
            "repositories_added",
            NAMES,
            "repositories_removed",
            NAMES,
            "repository",
            members("name", TEXT, "owner", ACCOUNT),
            "changes",
            members(
                    "login",
                    FROM,
                    "repository",
                    members("name", FROM),
                    "owner",
                    members("from", members("user", ACCOUNT, "organization", ACCOUNT))));

    private final Payload payload;
    private final Set<InstallationChanged> installations = new LinkedHashSet<>();
    private final Set<RepositoryChanged> repositories = new LinkedHashSet<>();

    private AccountEvents(Payload payload) {
        this.payload = payload;
    }

    static Event.Elsewhere read(InputStream stream) throws MalformedPayloadException {
        return new AccountEvents(PayloadReader.read(stream, WANTED)).read();
    }

    private Event.Elsewhere read() {
        Payload repository = payload.object("repository");
        String owner = repository.object("owner").text("login");
        if (owner.isEmpty()) {
            String account = payload.object("installation").object("account").text("login");
            owner = account.isEmpty() ? payload.object("account").text("login") : account;
            installation(owner);
            installation(payload.object("changes").object("login").text("from"));
        } else {
            moved(owner, repository.text("name"));
        }
        for (String list : Set.of("repositories_added", "repositories_removed")) {
            payload.list(list).objects().forEach(entry -> named(entry.text("full_name")));
        }
        return new Event.Elsewhere(owner, installations, repositories);
    }

    private void moved(String owner, String name) {
        Payload changes = payload.object("changes");
        String formerName = changes.object("repository").object("name").text("from");
        Payload from = changes.object("owner").object("from");
        String user = from.object("user").text("login");
        String formerOwner = user.isEmpty() ? from.object("organization").text("login") : user;
        repository(owner, name);
        repository(formerOwner.isEmpty() ? owner : formerOwner, formerName.isEmpty() ? name : formerName);
    }

    private void named(String fullName) {
        int slash = fullName.indexOf('/');
        if (slash > 0) {
            repository(fullName.substring(0, slash), fullName.substring(slash + 1));
        }
    }

    private void installation(String owner) {
        if (!owner.isEmpty()) {
            installations.add(new InstallationChanged(owner));
        }
    }

    private void repository(String owner, String name) {
        if (!owner.isEmpty() && !name.isEmpty()) {
            repositories.add(RepositoryChanged.whole(owner, name));
        }
    }
}
