//! A real browser and pages whose pixels are known.

use super::drawing::{self, Target};
use super::process::Browser;
use super::{Fault, Size, find, targa};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;

const SIZE: Size = Size { width: 320, height: 180 };
/// The machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// A page without a new picture for so long has hung; under the time after which it is noticed.
const HUNG: Duration = Duration::from_secs(1);

fn start() -> Browser {
    let path = find::browser(None).expect("a browser is installed where tests run");
    Browser::start(&path, SIZE).expect("it starts")
}

fn target(html: &str) -> Target {
    Target { url: format!("data:text/html,{html}"), token: "secret".into(), size: SIZE }
}

#[tokio::test]
async fn translucent_colours_arrive_as_they_were_written() {
    let mut browser = start();
    let page = target(
        "<body style='margin:0'>\
         <div style='width:100px;height:180px;background:rgba(255,0,0,.502)'></div>\
         <div style='position:absolute;top:0;left:100px;width:100px;height:180px;\
         background:rgba(0,100,255,.8)'></div>",
    );
    let (show, mut shown) = mpsc::unbounded_channel();
    let again = Notify::new();
    let draw = drawing::draw(&mut browser.pipe, &page, &again, |picture| {
        // The test may have seen enough.
        let _ = show.send(picture);
    });
    let look = async {
        loop {
            let pixels = targa::decode(&shown.recv().await.expect("draws on"));
            let at = |x: usize| pixels[90 * usize::from(SIZE.width) + x];
            if at(50)[3] != 0 {
                break [at(50), at(150), at(250)];
            }
        }
    };
    let seen = tokio::select! {
        fault = draw => panic!("{fault:?}"),
        seen = timeout(PATIENCE, look) => seen.expect("a picture of the page"),
    };
    browser.end().await;
    assert_eq!(seen[0], [0, 0, 255, 128], "half of red");
    assert_eq!(seen[2], [0, 0, 0, 0], "nothing");
    let [b, g, r, a] = seen[1];
    assert_eq!((b, r, a), (255, 0, 204), "four fifths of a blue");
    // Multiplying by alpha and back costs one step at most.
    assert!((99..=101).contains(&g), "{g}");
}

#[tokio::test]
async fn page_that_hangs_is_noticed() {
    let mut browser = start();
    let page = target("<script>onload=()=>setTimeout(()=>{for(;;);},300)</script>");
    let fault =
        timeout(PATIENCE, drawing::draw(&mut browser.pipe, &page, &Notify::new(), |_| ())).await;
    browser.end().await;
    assert!(matches!(fault, Ok(Some(Fault::Silent))), "{fault:?}");
}

#[tokio::test]
async fn page_that_hangs_is_replaced_in_the_same_browser_and_then_given_up() {
    let mut browser = start();
    // Every page draws for a while and then never again.
    let page = target(
        "<script>let n=0;function draw(){document.body.style.background=`rgb(0,0,${230+n++})`;\
         if(n<20)requestAnimationFrame(draw);else for(;;);}onload=draw</script>",
    );
    let again = Notify::new();
    let (show, mut shown) = mpsc::unbounded_channel();
    let draw = drawing::draw(&mut browser.pipe, &page, &again, |picture| {
        // The test may have seen enough.
        let _ = show.send(targa::decode(&picture)[0]);
    });
    let mut drawn = 0;
    let press = async {
        loop {
            while !matches!(shown.recv().await, Some([230..=255, 0, 0, 255])) {}
            drawn += 1;
            while timeout(HUNG, shown.recv()).await.is_ok() {}
            again.notify_one();
        }
    };
    let ended = tokio::select! {
        ended = timeout(PATIENCE, draw) => ended,
        () = press => unreachable!("it never ends"),
    };
    browser.end().await;
    assert!(matches!(ended, Ok(None)), "{ended:?}");
    assert_eq!(drawn, 2, "pages of one browser");
}

#[tokio::test]
async fn browser_that_is_none_is_a_fault_and_no_wait() {
    let path = std::path::PathBuf::from("/bin/true");
    let mut browser = Browser::start(&path, SIZE).expect("the shell starts");
    let fault =
        timeout(PATIENCE, drawing::draw(&mut browser.pipe, &target(""), &Notify::new(), |_| ()))
            .await;
    browser.end().await;
    assert!(matches!(fault, Ok(Some(Fault::Gone))), "{fault:?}");
}

#[test]
fn sizes_have_bounds() {
    assert_eq!(Size::new(15, 100), None);
    assert_eq!(Size::new(3841, 100), None);
    assert_eq!(Size::new(100, 2161), None);
    assert!(Size::new(3840, 2160).is_some());
}
