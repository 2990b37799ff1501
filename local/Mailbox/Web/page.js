// Marks the mail on the screen as read. Without scripts there is the button.
const unread = document.querySelector('form[data-unread]');
if (unread)
  fetch(unread.action, { method: 'POST', body: new URLSearchParams(new FormData(unread)), redirect: 'manual' }).then(() => {
    unread.action = '/message/unread';
    unread.querySelector('button').textContent = 'Mark as unread';
  });

// Shows the whole letter. The frame runs no scripts, so its document may be measured from here.
const letter = document.querySelector('.mail iframe');
const fit = () => {
  letter.style.height = 0;
  letter.style.height = `${letter.contentDocument.documentElement.scrollHeight + 2}px`;
};
if (letter) {
  letter.addEventListener('load', fit);
  addEventListener('resize', fit);
  if (letter.contentDocument?.readyState === 'complete')
    fit();
}

// Says when mail has come.
const notice = document.querySelector('[data-watch]');
if (notice)
  setInterval(async () => {
    const answer = await fetch(notice.dataset.watch).catch(() => null);
    if (answer?.ok && await answer.text() !== notice.dataset.latest)
      notice.hidden = false;
  }, 3000);
