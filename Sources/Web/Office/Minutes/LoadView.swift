import Hall
import Vocabulary
import Windows

/// Tomorrow's load in words and pictures, and how far off forecasts were.
extension HTML {
    mutating func load(_ view: Hall.LoadView) {
        let parameters = LoadParameters()
        heading(words("load.title", ["day": words.date(view.day)]), id: "load")
        if let forecast = view.forecast {
            note(
                words(
                    "load.lead",
                    [
                        "days": words.number(forecast.days), "weeks": words.number(parameters.weeks),
                        "service": words.count("minutes.n", Int((forecast.serviceSeconds + 30) / 60)),
                        "share": words.number(parameters.servedPercent),
                        "wait": words.number(parameters.waitMinutesMax),
                    ]))
            if view.isKept {
                note(words("load.kept", ["at": words.moment(forecast.madeAt)]))
            } else {
                note(words("load.provisional", ["at": OfficeHours.clock(parameters.madeFromMinute)]))
            }
            figures(of: forecast)
            plot(of: forecast)
            unfold(words["load.by-half-hours"]) { $0.table(of: forecast) }
        } else {
            empty(
                words["load.too-few"],
                words(
                    "load.too-few-help",
                    [
                        "days": words.number(parameters.daysMin), "weeks": words.number(parameters.weeks),
                    ]))
        }
        errors(view.errors)
    }

    private mutating func figures(of forecast: LoadForecast) {
        let people = forecast.halves.map(\.arrivals).reduce(0, +)
        figures([
            Figure(words["load.arrivals"], words.tenths(people)),
            Figure(words["load.booked"], words.number(forecast.halves.map(\.booked).reduce(0, +))),
            Figure(words["load.needed-most"], words.number(forecast.neededMax)),
            Figure(words["load.planned"], words.number(forecast.planned)),
        ])
    }

    private mutating func plot(of forecast: LoadForecast) {
        pairs(
            forecast.halves.map { PlotPair(OfficeHours.clock($0.minute), $0.needed, $0.isOpen ? forecast.planned : 0) },
            named: (words["load.needed"], words["load.planned"]))
    }

    private mutating func table(of forecast: LoadForecast) {
        table(
            words["load.by-half-hours"],
            [
                Column(words["load.time"]), Column(words["load.arrivals"], isNumeric: true),
                Column(words["load.booked"], isNumeric: true), Column(words["load.needed"], isNumeric: true),
                Column(words["load.planned"], isNumeric: true), Column(words["load.wait"], isNumeric: true),
            ], forecast.halves
        ) { _ in
        } row: { html, half in
            let words = html.words
            html.row { html in
                html.headCell(
                    "\(OfficeHours.clock(half.minute))–\(OfficeHours.clock(half.minute + Slot.minutes))")
                html.cell(words.tenths(half.arrivals), isNumeric: true)
                html.cell(words.number(half.booked), isNumeric: true)
                html.cell(half.isOpen ? words.number(half.needed) : words["load.closed"], isNumeric: true)
                html.cell(half.isOpen ? words.number(forecast.planned) : "", isNumeric: true)
                html.cell(
                    half.isOpen
                        ? half.waitSeconds.map { words.count("minutes.n", ($0 + 30) / 60) } ?? words["load.grows"] : "",
                    isNumeric: true)
            }
        }
    }

    /// What was forecast and what then happened, day by day, and on average.
    private mutating func errors(_ errors: [LoadError]) {
        heading(words["load.errors"], id: "errors")
        guard !errors.isEmpty else {
            return empty(words["load.no-errors"], words["load.no-errors-help"])
        }
        let waits = errors.compactMap(\.meanWaitError)
        note(
            words(
                "load.errors-lead",
                [
                    "days": words.number(errors.count),
                    "people": words.tenths(errors.map(\.meanError).reduce(0, +) / errors.count),
                    "wait": waits.isEmpty
                        ? words["load.unknown"] : words.count("minutes.n", (waits.reduce(0, +) / waits.count + 30) / 60)
                        ,
                ]))
        table(
            words["load.errors"],
            [
                Column(words["minutes.day"]), Column(words["load.forecast-people"], isNumeric: true),
                Column(words["load.real-people"], isNumeric: true), Column(words["load.error-people"], isNumeric: true),
                Column(words["load.error-wait"], isNumeric: true),
            ], errors
        ) { _ in
        } row: { html, error in
            let words = html.words
            html.row { html in
                html.headCell(words.date(error.day))
                html.cell(words.tenths(error.forecastArrivals), isNumeric: true)
                html.cell(words.number(error.arrivals / 1000), isNumeric: true)
                html.cell(words.tenths(error.meanError), isNumeric: true)
                html.cell(
                    error.meanWaitError.map { words.count("minutes.n", ($0 + 30) / 60) } ?? words["load.unknown"],
                    isNumeric: true)
            }
        }
    }
}

extension Words {
    /// Thousandths as `7.3`.
    fileprivate func tenths(_ thousandths: Int) -> String {
        let tenths = (thousandths + 50) / 100
        return "\(number(tenths / 10)).\(tenths % 10)"
    }
}
