package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;

/**
 * The fields of a row, in the order in which an export writes them.
 *
 * @param properties the plain values of users, which are fields too
 * @param all all fields
 */
record TransferFields(UserProperties properties, ImmutableList<TransferField> all) {

    /** Fields that are read and never written. */
    private static final ImmutableSet<TransferField> READ = ImmutableSet.of(
            TransferField.EXTERNAL_ID, TransferField.PASSWORD, TransferField.REJECT_LINE, TransferField.REJECT_REASONS);

    static final TransferFields KNOWN = of(UserProperties.KNOWN);

    static TransferFields of(UserProperties properties) {
        return new TransferFields(
                properties,
                ImmutableList.<TransferField>builder()
                        .add(
                                TransferField.ID,
                                TransferField.UUID,
                                TransferField.EXTERNAL_ID,
                                TransferField.EMAIL,
                                TransferField.USERNAME,
                                TransferField.USERNAME_NUMBER,
                                TransferField.STATUS,
                                TransferField.ATTRIBUTES,
                                TransferField.PASSWORD_HASH,
                                TransferField.PASSWORD)
                        .addAll(properties.all().stream()
                                .map(TransferFields::field)
                                .toList())
                        .add(
                                TransferField.STORED_AT,
                                TransferField.EMAIL_SINCE,
                                TransferField.USERNAME_SINCE,
                                TransferField.KEPT,
                                TransferField.SYSTEM,
                                TransferField.REJECT_LINE,
                                TransferField.REJECT_REASONS)
                        .build());
    }

    static TransferField field(UserProperty<?> property) {
        return new TransferField(property.name());
    }

    ImmutableList<String> keys() {
        return all.stream().map(TransferField::key).collect(ImmutableList.toImmutableList());
    }

    /** The fields that an export writes. */
    ImmutableList<TransferField> written() {
        return all.stream().filter(field -> !READ.contains(field)).collect(ImmutableList.toImmutableList());
    }
}
