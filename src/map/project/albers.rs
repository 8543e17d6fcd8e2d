//! From longitude and latitude to a plane where areas are true.

use libm::{cos, log, sin, sqrt};

/// Semi-major axis of the GRS 80 ellipsoid, metres.
const AXIS: f64 = 6_378_137.0;
/// Square of the eccentricity of the GRS 80 ellipsoid.
const ECCENTRICITY_SQUARED: f64 = 0.006_694_380_022_90;
/// Below this cone constant the cone is so flat that the cylinder stands in for it.
const FLATTEST_CONE: f64 = 1e-4;

/// An equal-area projection suited to one jurisdiction, on the GRS 80 ellipsoid.
///
/// It is Albers' conic (J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395, 1987,
/// equations 14-1 to 14-15) with standard parallels at one sixth and five sixths of the range of latitudes. Where the
/// range is balanced on the equator the cone becomes a cylinder (equations 10-13 to 10-15).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    central_meridian: f64,
    surface: Surface,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Surface {
    /// Cone constant `n`, the constant `C`, and the radius ρ₀ of the latitude of origin over the axis.
    Cone { n: f64, c: f64, rho_0: f64 },
    /// Scale `k₀` along the parallels.
    Cylinder { k_0: f64 },
}

impl Projection {
    /// Chooses the projection of a box given in degrees; west may be below −180.
    pub fn of_box(west: f64, south: f64, east: f64, north: f64) -> Self {
        let sixth = (north - south) / 6.0;
        let (lower, upper) = ((south + sixth).to_radians(), (north - sixth).to_radians());
        let central_meridian = ((west + east) / 2.0).to_radians();
        Self { central_meridian, surface: surface(lower, upper, ((south + north) / 2.0).to_radians()) }
    }

    /// Projects a position in degrees to metres east and north of the middle of the box.
    pub fn project(&self, lon: f64, lat: f64) -> [f64; 2] {
        let east = lon.to_radians() - self.central_meridian;
        let q = authalic(lat.to_radians());
        match self.surface {
            Surface::Cone { n, c, rho_0 } => {
                let rho = sqrt((c - n * q).max(0.0)) / n;
                let theta = n * east;
                [AXIS * rho * sin(theta), AXIS * (rho_0 - rho * cos(theta))]
            }
            Surface::Cylinder { k_0 } => [AXIS * k_0 * east, AXIS * q / (2.0 * k_0)],
        }
    }
}

/// Lays the cone or cylinder through two standard parallels; angles in radians.
fn surface(lower: f64, upper: f64, origin: f64) -> Surface {
    let (m_1, q_1) = (parallel(lower), authalic(lower));
    let (m_2, q_2) = (parallel(upper), authalic(upper));
    let n = if q_1 == q_2 { sin(lower) } else { (m_1 * m_1 - m_2 * m_2) / (q_2 - q_1) };
    if n.abs() < FLATTEST_CONE {
        return Surface::Cylinder { k_0: m_1.max(1e-6) };
    }
    let c = m_1 * m_1 + n * q_1;
    Surface::Cone { n, c, rho_0: sqrt((c - n * authalic(origin)).max(0.0)) / n }
}

/// Radius of a parallel over the axis: `m` of equation 14-15.
fn parallel(lat: f64) -> f64 {
    let sine = sin(lat);
    cos(lat) / sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
}

/// `q` of equation 3-12, proportional to the area between the equator and a parallel.
fn authalic(lat: f64) -> f64 {
    let eccentricity = sqrt(ECCENTRICITY_SQUARED);
    let sine = sin(lat);
    let ratio = (1.0 - eccentricity * sine) / (1.0 + eccentricity * sine);
    let bend = sine / (1.0 - ECCENTRICITY_SQUARED * sine * sine);
    (1.0 - ECCENTRICITY_SQUARED) * (bend - log(ratio) / (2.0 * eccentricity))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Area of the projected box, its sides cut finely, in square kilometres.
    fn projected_area(projection: &Projection, [west, south, east, north]: [f64; 4]) -> f64 {
        let along = |a: f64, b: f64, step: u32| a + (b - a) * f64::from(step) / 1000.0;
        let mut ring: Vec<[f64; 2]> = Vec::new();
        ring.extend((0..1000).map(|step| projection.project(along(west, east, step), south)));
        ring.extend((0..1000).map(|step| projection.project(east, along(south, north, step))));
        ring.extend((0..1000).map(|step| projection.project(along(east, west, step), north)));
        ring.extend((0..1000).map(|step| projection.project(west, along(north, south, step))));
        let twice: f64 = (0..ring.len())
            .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
            .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
            .sum();
        twice / 2.0 / 1e6
    }

    /// Area of the box on the ellipsoid: a² Δλ (q₂ − q₁) / 2.
    fn true_area([west, south, east, north]: [f64; 4]) -> f64 {
        AXIS * AXIS * (east - west).to_radians() * (authalic(north.to_radians()) - authalic(south.to_radians())) / 2e6
    }

    #[test]
    fn areas_are_true_from_alaska_to_samoa_and_on_the_equator() {
        let boxes = [[-73.73, 40.98, -71.79, 42.05], [-188.0, 51.2, -129.9, 71.4], [-171.1, -14.6, -168.1, -11.0]];
        for frame in boxes.into_iter().chain([[-3.0, -2.0, 3.0, 2.0], [10.0, -1.0, 12.0, 1.5]]) {
            let projection = Projection::of_box(frame[0], frame[1], frame[2], frame[3]);
            let (found, wanted) = (projected_area(&projection, frame), true_area(frame));
            assert!((found / wanted - 1.0).abs() < 1e-4, "{frame:?}: {found} km², not {wanted}");
        }
    }

    #[test]
    fn a_kilometre_is_nearly_as_long_east_as_north() {
        let projection = Projection::of_box(-73.73, 40.98, -71.79, 42.05);
        let [x_0, y_0] = projection.project(-72.7, 41.5);
        let [x_1, _] = projection.project(-72.69, 41.5);
        let [_, y_2] = projection.project(-72.7, 41.51);
        // At 41.5° N a degree measures 83.4 km eastward and 111.06 km northward (GRS 80).
        assert!(((x_1 - x_0) / 834.8 - 1.0).abs() < 2e-3, "{}", x_1 - x_0);
        assert!(((y_2 - y_0) / 1110.6 - 1.0).abs() < 2e-3, "{}", y_2 - y_0);
    }

    #[test]
    fn snyders_worked_example_comes_out() {
        // Paper 1395, appendix A: Clarke 1866, whose axis ratio is close to that of GRS 80.
        assert!((authalic(35f64.to_radians()) - 1.141_083_1).abs() < 3e-4);
        assert!((parallel(29.5f64.to_radians()) - 0.871_070_8).abs() < 3e-4);
    }

    #[test]
    fn a_single_parallel_or_pole_gives_finite_numbers() {
        for frame in
            [[0.0, 0.0, 0.0, 0.0], [-10.0, 45.0, 10.0, 45.0], [-180.0, 89.0, 180.0, 90.0], [-180.0, -90.0, 180.0, 90.0]]
        {
            let projection = Projection::of_box(frame[0], frame[1], frame[2], frame[3]);
            let [x, y] = projection.project(frame[0], frame[3]);
            assert!(x.is_finite() && y.is_finite(), "{frame:?}");
        }
    }
}
