// A notification that is followed is read.

document.addEventListener("click", (event) => {
  const id = event.target.closest("[data-notice]")?.dataset.notice;
  if (id) fetch(`/api/v1/notifications/${id}/read`, { method: "POST", keepalive: true }).catch(() => null);
});
