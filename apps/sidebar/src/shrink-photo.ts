/** Enough to read a badge by. */
const longestSide = 1_600
const quality = 0.82

/**
 * A photo as it is sent: no longer than is needed to read it, and drawn anew, so that what the phone wrote into it, the
 * place above all, stays behind. What the browser cannot draw is sent as it is; the server tells what it is.
 */
export async function shrinkPhoto(file: File): Promise<File> {
  const address = URL.createObjectURL(file)
  try {
    const image = await load(address)
    const scale = Math.min(1, longestSide / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    return named(drawn ?? file)
  } catch {
    return named(file)
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** A phone's own name of a photo tells nobody anything. */
function named(photo: Blob): File {
  return new File([photo], photo.type === 'image/png' ? 'photo.png' : 'photo.jpg', { type: photo.type })
}

function load(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.addEventListener('load', () => resolve(image))
    image.addEventListener('error', () => reject(new Error('not a picture')))
    image.src = address
  })
}
