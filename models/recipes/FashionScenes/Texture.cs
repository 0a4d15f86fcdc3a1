namespace DeepVision.FashionScenes;

/// <summary>
/// A procedural background: a pattern that blends between two colors, often a second one over it, and grain on top.
/// </summary>
internal sealed class Texture
{
    private readonly Layer _first;
    private readonly Layer? _second;
    private readonly double _secondWeight;
    private readonly double _grain;
    private readonly CounterRandom _noise;

    public Texture(ulong seed, ulong index)
    {
        var random = new CounterRandom(seed, index, purpose: 2);
        _noise = new CounterRandom(seed, index, purpose: 3);
        _first = new Layer(ref random, _noise, 0);
        _second = random.NextUnit() < 0.5 ? new Layer(ref random, _noise, 8) : null;
        _secondWeight = random.NextBetween(0.2, 0.6);
        _grain = random.NextBetween(0, 24);
    }

    /// <summary>Fills interleaved RGB values, not yet rounded, in [-12, 267].</summary>
    public void Paint(double[] canvas, int side)
    {
        Span<double> over = stackalloc double[3];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                Span<double> pixel = canvas.AsSpan(3 * ((y * side) + x), 3);
                _first.Color(x, y, pixel);
                double grain = _grain * (_noise.At(x, y, 16) - 0.5);
                if (_second is not null)
                {
                    _second.Color(x, y, over);
                }

                for (int c = 0; c < 3; c++)
                {
                    double value = _second is null ? pixel[c] : pixel[c] + (_secondWeight * (over[c] - pixel[c]));
                    pixel[c] = value + grain;
                }
            }
        }
    }

    private sealed class Layer
    {
        private readonly CounterRandom _noise;
        private readonly int _noiseLayer;
        private readonly int _kind;
        private readonly double _directionX;
        private readonly double _directionY;
        private readonly double _period;
        private readonly double _phase;
        private readonly double _share;
        private readonly double[] _from = new double[3];
        private readonly double[] _to = new double[3];

        public Layer(ref CounterRandom random, CounterRandom noise, int noiseLayer)
        {
            _noise = noise;
            _noiseLayer = noiseLayer;
            _kind = random.NextIndex(5);
            (_directionX, _directionY) = PortableMath.Direction(random.NextBetween(-1, 1));
            _period = random.NextBetween(8, 64);
            _phase = random.NextUnit();
            _share = random.NextBetween(0.25, 0.75);
            for (int c = 0; c < 3; c++)
            {
                _from[c] = random.NextBetween(0, 255);
                _to[c] = random.NextBetween(0, 255);
            }
        }

        public void Color(int x, int y, Span<double> pixel)
        {
            double along = (x * _directionX) + (y * _directionY);
            double across = (y * _directionX) - (x * _directionY);
            double blend = _kind switch
            {
                0 => Clamp(0.5 + ((along / 256) - 0.5) + (_phase - 0.5)),
                1 => Edge(PortableMath.Fraction((along / _period) + _phase)),
                2 => Checks(along, across),
                3 => Cloud(x, y),
                _ => Dots(along, across),
            };
            for (int c = 0; c < 3; c++)
            {
                pixel[c] = _from[c] + (blend * (_to[c] - _from[c]));
            }
        }

        /// <summary>A stripe of the wave's share with edges a pixel or so wide.</summary>
        private double Edge(double wave)
        {
            double inside = wave < _share ? Math.Min(wave, _share - wave) : -Math.Min(wave - _share, 1 - wave);
            return Clamp(0.5 + (inside * _period));
        }

        private double Checks(double along, double across)
        {
            double a = Edge(PortableMath.Fraction((along / _period) + _phase));
            double b = Edge(PortableMath.Fraction((across / _period) + _phase));
            return a + b - (2 * a * b);
        }

        private double Dots(double along, double across)
        {
            double a = PortableMath.Fraction((along / _period) + _phase) - 0.5;
            double b = PortableMath.Fraction((across / _period) + _phase) - 0.5;
            double radius = 0.5 * _share;
            return Clamp(0.5 + (((radius * radius) - ((a * a) + (b * b))) * _period));
        }

        /// <summary>Three octaves of value noise.</summary>
        private double Cloud(int x, int y)
        {
            double sum = 0, weight = 4.0 / 7, period = _period;
            for (int octave = 0; octave < 3; octave++)
            {
                sum += weight * ValueNoise(x / period, y / period, _noiseLayer + octave);
                weight *= 0.5;
                period *= 0.5;
            }

            return Clamp(0.5 + (2 * (sum - 0.5)));
        }

        private double ValueNoise(double x, double y, int layer)
        {
            int column = (int)x, row = (int)y;
            double right = Smooth(x - column), down = Smooth(y - row);
            double top = Mix(_noise.At(column, row, layer), _noise.At(column + 1, row, layer), right);
            double bottom = Mix(_noise.At(column, row + 1, layer), _noise.At(column + 1, row + 1, layer), right);
            return Mix(top, bottom, down);
        }

        private static double Smooth(double t) => t * t * (3 - (2 * t));

        private static double Mix(double from, double to, double t) => from + (t * (to - from));

        private static double Clamp(double value) => value < 0 ? 0 : value > 1 ? 1 : value;
    }
}
