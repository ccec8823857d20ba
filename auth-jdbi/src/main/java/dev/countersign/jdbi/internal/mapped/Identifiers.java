package dev.countersign.jdbi.internal.mapped;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.unicode.CaseFolding;
import dev.countersign.jdbi.internal.folding.FoldedForms;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.user.Identifier;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Prepares identifiers for looking up and for storing in a mapped table. Where there is no column of the folded form, the database compares by its
 * own rules: every row that it finds is compared again by ours, and only spellings that both rules treat alike are stored.
 *
 * @param columns the table's columns
 * @param vendor the database
 * @param caseSensitive the columns that are compared as they are and that the database compares case-sensitively
 */
record Identifiers(Columns columns, Vendor vendor, ImmutableSet<String> caseSensitive) {

    /** Binds the three forms that {@link Statements} compares with; null for an identifier that could not be stored. */
    <S extends SqlStatement<S>> S bindEmail(S statement, @Nullable Identifier email) {
        return bind(statement, "email", email, emailComparison());
    }

    <S extends SqlStatement<S>> S bindUsername(S statement, @Nullable Identifier username) {
        return bind(statement, "username", username, usernameComparison());
    }

    private <S extends SqlStatement<S>> S bind(
            S statement, String name, @Nullable Identifier identifier, Optional<Comparison> comparison) {
        // An empty text that an old system may have stored must not match an identifier that could not be stored.
        if (identifier == null || identifier.folded().isEmpty()) {
            return bind(statement, name, null, null, null);
        }
        FoldedForms forms = FoldedForms.of(identifier);
        return comparison.isPresent()
                ? bind(statement, name, identifier.text(), forms.folded(), forms.folded())
                : bind(statement, name, forms.folded(), forms.shared(), forms.former());
    }

    private <S extends SqlStatement<S>> S bind(
            S statement, String name, @Nullable String first, @Nullable String second, @Nullable String third) {
        return statement
                .bind(name, vendor.untyped(first))
                .bind(name + "_2", vendor.untyped(second))
                .bind(name + "_3", vendor.untyped(third));
    }

    boolean keepsEmail(Identifier email) {
        return emailComparison().isEmpty() || kept(email, false).isPresent();
    }

    boolean keepsUsername(Identifier username) {
        return usernameComparison().isEmpty() || kept(username, false).isPresent();
    }

    /** The content with identifiers in a spelling that the columns can store. Identifiers that the row has already stay as they are. */
    Content written(Content content, @Nullable Identifier formerEmail, @Nullable Identifier formerUsername) {
        Identifier email = content.email();
        Identifier username = content.username();
        return content.named(
                emailComparison().isEmpty() || same(email, formerEmail)
                        ? email
                        : kept(
                                email,
                                columns.one(EmailColumn.class).orElseThrow().column()),
                usernameComparison().isEmpty() || same(username, formerUsername)
                        ? username
                        : kept(
                                username,
                                columns.one(UsernameColumn.class).orElseThrow().column()));
    }

    private static boolean same(@Nullable Identifier one, @Nullable Identifier other) {
        return one == null || (other != null && one.text().equals(other.text()));
    }

    private @Nullable Identifier kept(@Nullable Identifier identifier, String column) {
        if (identifier == null) {
            return null;
        }
        return kept(identifier, caseSensitive.contains(column))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the column " + column + " of " + columns.mapping().table()
                                + " cannot keep an identifier whose folded form the database does not know"));
    }

    /**
     * The identifier in a spelling that no database takes for another one: it equals its folded form, apart from the case of ASCII letters. Empty
     * where folding changes other letters, such as ß.
     */
    private static Optional<Identifier> kept(Identifier identifier, boolean caseSensitive) {
        String folded = identifier.folded();
        if (Ascii.toLowerCase(identifier.text()).equals(folded) && !caseSensitive) {
            return Optional.of(identifier);
        }
        String name = beforeDomain(identifier.text());
        String lower = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return CaseFolding.fold(name).equals(lower)
                ? Optional.of(identifier.isNumber() ? identifier : Identifier.typed(folded))
                : Optional.empty();
    }

    private static String beforeDomain(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    private Optional<Comparison> emailComparison() {
        return columns.one(EmailColumn.class).map(EmailColumn::comparison);
    }

    private Optional<Comparison> usernameComparison() {
        return columns.one(UsernameColumn.class).map(UsernameColumn::comparison);
    }
}
