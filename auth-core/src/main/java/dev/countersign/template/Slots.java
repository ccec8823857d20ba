package dev.countersign.template;

/** The sources a template is filled from. Pure: asked twice for one name it answers the same. */
@FunctionalInterface
public interface Slots {

    /**
     * Finds what goes into a slot.
     *
     * @param name the slot's name, such as {@code user.email}
     * @return the value; {@link SlotValue#ABSENT} when there is none
     */
    SlotValue value(SlotName name);
}
