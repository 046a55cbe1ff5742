/*
  Wagtail's picker of days and times completes what was typed („8“ becomes 08:00) when the field is left, and makes the
  present moment of what it cannot read („25:00“), without a word. That stays as typed here, so that the form refuses it.
*/
const digits = (text) => text.replace(/\D/g, "");

const completes = (found, typed) => digits(typed) !== "" && digits(found).includes(digits(typed));

document.addEventListener(
  "blur",
  ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !window.jQuery?.(target).data("xdsoft_datetimepicker")) return;
    const typed = target.value;
    setTimeout(() => {
      if (typed.trim() && !completes(target.value, typed)) target.value = typed;
    });
  },
  true,
);
