package dev.countersign.template;

/** The values for the slots of a template. Pure: the same name always has the same value. */
@FunctionalInterface
public interface Slots {

    /**
     * Finds the value of a slot.
     *
     * @param name the slot's name, such as {@code user.email}
     * @return the value; {@link SlotValue#ABSENT} when there is none
     */
    SlotValue value(SlotName name);
}
