/** Camera and microphone; where there is no camera, sound alone is better than nothing. */
export async function camera(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  } catch (error) {
    const missing = error instanceof DOMException && error.name === "NotFoundError";
    if (!missing) throw error;
    return navigator.mediaDevices.getUserMedia({ audio: true });
  }
}
