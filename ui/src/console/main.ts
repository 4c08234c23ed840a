import { byId } from "../shared/dom";
import { followChoice } from "../shared/scheme";
import "../shared/tokens.css";
import "./base.css";
import "./console.css";
import "./feed.css";
import "./live.css";
import "./settings.css";
import "./connect.css";
import "./obs/obs.css";
import "./developers/developers.css";
import "./moderation/moderation.css";
import "./developers/hooks.css";
import "./notices.css";
import "./signin.css";
import { startApp } from "./app";

followChoice();
startApp(byId("app"));
