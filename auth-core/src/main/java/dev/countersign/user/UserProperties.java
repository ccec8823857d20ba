package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The plain values of users, in the order in which an export writes them. To add one, add it to {@link #KNOWN} and add its column to Countersign's
 * table. Immutable.
 */
public final class UserProperties {

    /** When the user was created, here or in the system it was taken over from. */
    public static final UserProperty<Instant> CREATED_AT =
            UserProperty.time("created_at").required();

    /** When identifiers, attributes or the password last changed. */
    public static final UserProperty<Instant> UPDATED_AT = UserProperty.time("updated_at");

    /** The latest login. */
    public static final UserProperty<Instant> LAST_LOGIN_AT =
            UserProperty.time("last_login_at").ofLogin();

    /** The login before the latest. */
    public static final UserProperty<Instant> PREVIOUS_LOGIN_AT =
            UserProperty.time("previous_login_at").ofLogin();

    /** The latest change of the password. */
    public static final UserProperty<Instant> PASSWORD_CHANGED_AT = UserProperty.time("password_changed_at");

    /** The properties of this release. */
    public static final UserProperties KNOWN = new UserProperties(
            ImmutableList.of(CREATED_AT, UPDATED_AT, LAST_LOGIN_AT, PREVIOUS_LOGIN_AT, PASSWORD_CHANGED_AT));

    private final ImmutableList<UserProperty<?>> all;

    private UserProperties(ImmutableList<UserProperty<?>> all) {
        this.all = all;
    }

    /**
     * Returns these properties and another one.
     *
     * @param more the additional property
     * @return all of them
     * @throws IllegalArgumentException if a property has the same name
     */
    public UserProperties plus(UserProperty<?> more) {
        requireNonNull(more, "more");

        if (find(more.name()).isPresent()) {
            throw new IllegalArgumentException("there is a property " + more.name() + " already");
        }
        return new UserProperties(
                ImmutableList.<UserProperty<?>>builder().addAll(all).add(more).build());
    }

    /** {@return all properties, in order} */
    public List<UserProperty<?>> all() {
        return all;
    }

    /** {@return the property with that name; empty if there is none} */
    public Optional<UserProperty<?>> find(String name) {
        requireNonNull(name, "name");

        for (UserProperty<?> property : all) {
            if (property.name().equals(name)) {
                return Optional.of(property);
            }
        }
        return Optional.empty();
    }
}
