// Marks the mail on the screen as read. Without scripts there is the button.
const unread = document.querySelector('form[data-unread]');
if (unread)
  fetch(unread.action, { method: 'POST', body: new URLSearchParams(new FormData(unread)), redirect: 'manual' });

// Says when mail has come.
const notice = document.querySelector('[data-watch]');
if (notice)
  setInterval(async () => {
    const answer = await fetch(notice.dataset.watch).catch(() => null);
    if (answer?.ok && await answer.text() !== notice.dataset.latest)
      notice.hidden = false;
  }, 3000);
