import Hummingbird
import Vocabulary
import Windows

/// How a kiosk shows itself: at which height, and in which size.
extension Kiosk {
    /// Lets somebody who sits bring everything down to where she reaches it, and whoever sees badly make it larger.
    func manners(_ html: inout HTML, _ code: HallCode, _ visit: Visit) {
        let isElder = visit.preferences.isElder
        let ways = [
            (visit.isLow ? Word("kiosk.high") : Word("kiosk.low"), kept(low: !visit.isLow, elder: isElder)),
            (isElder ? Word("look.usual") : Word("look.elder"), kept(low: visit.isLow, elder: !isElder)),
        ]
        html.element("div", .class("ways")) { html in
            for (word, query) in ways {
                let href = Paths.kiosk(code) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
                html.element("a", .class("touch"), .href(href), text: html.words[word])
            }
        }
    }

    /// The page as whoever stands before it asked for it. Its address says so, not a cookie: the next one finds the
    /// page as it was.
    func visit(_ request: Request, _ context: SiteContext) -> Visit {
        visit(context, low: request.asked("low") == "1", elder: request.asked("elder") == "1")
    }

    func visit(_ context: SiteContext, low: Bool, elder: Bool) -> Visit {
        var context = context
        context.preferences.isElder = elder
        var visit = site.visit(context, .portal)
        visit.isLow = low
        return visit
    }

    private func kept(low: Bool, elder: Bool) -> [String] {
        [low ? "low=1" : nil, elder ? "elder=1" : nil].compactMap(\.self)
    }

    /// What every way on keeps of the page's manner.
    func kept(_ visit: Visit) -> [String] { kept(low: visit.isLow, elder: visit.preferences.isElder) }

    func home(_ code: HallCode, _ visit: Visit) -> String {
        let query = kept(visit)
        return Paths.kiosk(code) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
