/** The light build of lottie-web has the types of the whole one. */
declare module "lottie-web/build/player/esm/lottie_light_canvas.min.js" {
  import type { LottiePlayer } from "lottie-web";

  const player: LottiePlayer;
  export default player;
}
