// A link from another site comes without the session's cookie. A request of our own carries it: then nobody has to sign in again.
const next = document.querySelector('[name=next]').value;
fetch(`login?${new URLSearchParams({ next })}`, { redirect: 'manual' }).then((answer) => {
  if (answer.type === 'opaqueredirect') location.replace(next);
}).catch(() => { /* the form is there */ });
